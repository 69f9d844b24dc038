import { createContext, type ReactNode, use } from "react";
import { useLive } from "../live/useLive.ts";
import type { Sync, User } from "../sync/index.ts";

const SyncContext = createContext<Sync | undefined>(undefined);

export function SyncProvider({ sync, children }: { sync: Sync; children: ReactNode }) {
  return <SyncContext value={sync}>{children}</SyncContext>;
}

export function useSync(): Sync {
  const sync = use(SyncContext);
  if (sync === undefined) {
    throw new Error("useSync needs a SyncProvider around it");
  }
  return sync;
}

/** Who is signed in; only for screens that nobody else gets to. */
export function useMe(): User {
  const me = useLive(useSync().session.user);
  if (me === undefined) {
    throw new Error("useMe is for screens behind the sign-in");
  }
  return me;
}
