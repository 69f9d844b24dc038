import type { Clock } from "../clock.ts";

const LOOK_EVERY = 5_000;
/** A timer that is so late was not late: the machine slept. */
const SLEPT = 15_000;

/** Calls when the machine has slept. */
export function watchForSleep(clock: Clock, onWake: () => void): void {
  let lookedAt = clock.now();
  const look = () => {
    const now = clock.now();
    if (now - lookedAt > SLEPT) {
      onWake();
    }
    lookedAt = now;
    clock.after(LOOK_EVERY, look);
  };
  clock.after(LOOK_EVERY, look);
}

/** Calls when the network is back, and when somebody looks at the page again. */
export function listenForAttention(listener: () => void): void {
  addEventListener("online", listener);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") {
      listener();
    }
  });
}
