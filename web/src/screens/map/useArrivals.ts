import { useEffect, useState } from "react";
import { useSync } from "../../app/SyncProvider.tsx";

/** As long as a mark pulses. */
const FRESH = 2_400;

/** The incidents that have just been reported or have got worse, while it was heard: their marks pulse, once. */
export function useArrivals(): ReadonlySet<number> {
  const { news } = useSync();
  const [fresh, setFresh] = useState<ReadonlySet<number>>(new Set());
  useEffect(() => {
    const timers = new Set<ReturnType<typeof setTimeout>>();
    const stop = news.subscribe((item) => {
      if (!item.live || (item.kind !== "reported" && item.kind !== "escalated")) {
        return;
      }
      const { id } = item.incident;
      setFresh((before) => new Set(before).add(id));
      const timer = setTimeout(() => {
        timers.delete(timer);
        setFresh((before) => new Set([...before].filter((each) => each !== id)));
      }, FRESH);
      timers.add(timer);
    });
    return () => {
      stop();
      timers.forEach(clearTimeout);
    };
  }, [news]);
  return fresh;
}
