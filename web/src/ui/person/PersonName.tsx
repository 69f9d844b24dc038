import { useSync } from "../../app/SyncProvider.tsx";
import { useLive } from "../../live/useLive.ts";

/** The name that belongs to a user's id, once it is known. */
export function PersonName({ userId }: { userId: string }) {
  const { people, session } = useSync();
  const me = useLive(session.user);
  const person = useLive(people.one(userId));
  return me?.id === userId ? "you" : (person?.name ?? "…");
}
