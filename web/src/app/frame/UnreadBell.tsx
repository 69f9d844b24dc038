import { useLive } from "../../live/useLive.ts";
import { useSync } from "../SyncProvider.tsx";

/** How many notifications are unread. */
export function UnreadBell() {
  const { unread } = useLive(useSync().notifications);
  return (
    <span role="img" aria-label={`${unread} unread notifications`}>
      🔔{unread > 0 && unread}
    </span>
  );
}
