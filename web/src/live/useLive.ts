import { useSyncExternalStore } from "react";
import type { Live } from "./live.ts";

/** What `live` says now; the component is drawn again when that changes. */
export function useLive<T>(live: Live<T>): T {
  return useSyncExternalStore(
    (listener) => live.subscribe(listener),
    () => live.get(),
  );
}
