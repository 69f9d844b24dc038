import type { Live } from "./live.ts";

const STEP = 30_000;

/** The time, in milliseconds since 1970, precise to half a minute: for "5 min ago". Ticks only while it is watched. */
export const minute: Live<number> = ticking();

function ticking(): Live<number> {
  const listeners = new Set<() => void>();
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;

  function tick() {
    now = Date.now();
    for (const listener of [...listeners]) {
      listener();
    }
  }

  return {
    get: () => now,
    subscribe(listener) {
      if (listeners.size === 0) {
        now = Date.now();
        timer = setInterval(tick, STEP);
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) {
          clearInterval(timer);
        }
      };
    },
  };
}
