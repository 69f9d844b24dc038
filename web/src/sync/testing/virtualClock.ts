import type { Clock } from "../clock.ts";

/** Time that passes only when a test says so. */
export class VirtualClock implements Clock {
  #now = Date.UTC(2024, 0, 15, 14, 30);
  #order = 0;
  #timers: { readonly at: number; readonly order: number; readonly callback: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(delay: number, callback: () => void): () => void {
    const timer = { at: this.#now + Math.max(0, delay), order: this.#order++, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer);
    };
  }

  /** Lets time pass, with everything that falls due in it. */
  async pass(duration: number): Promise<void> {
    const end = this.#now + duration;
    await settle();
    for (let next = this.#nextBefore(end); next !== undefined; next = this.#nextBefore(end)) {
      const { at, callback } = next;
      this.#timers = this.#timers.filter((each) => each !== next);
      this.#now = Math.max(this.#now, at);
      callback();
      await settle();
    }
    this.#now = end;
  }

  /** The machine sleeps: time goes on, and nothing happens in it until it wakes. */
  async sleep(duration: number): Promise<void> {
    this.#now += duration;
    await this.pass(0);
  }

  #nextBefore(end: number) {
    return this.#timers
      .filter(({ at }) => at <= end)
      .sort((one, other) => one.at - other.at || one.order - other.order)[0];
  }
}

/** Lets everything happen that only waits for promises. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
