import type { Clock } from "../clock.ts";

/** Parts of what is known, so that a change to one draws nothing that shows another. */
export type Slice = "incidents" | "threads" | "notifications" | "people" | "presence" | "deeds";

/** A frame: however much comes in, what is shown changes no more often. */
const BETWEEN = 16;

/** Tells who watches what that it has changed: at once, and then once a frame. */
export class Updates {
  readonly #clock: Clock;
  readonly #revisions = new Map<Slice, number>();
  readonly #listeners = new Map<Slice, Set<() => void>>();
  readonly #touched = new Set<Slice>();
  #toldAt = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  touch(...slices: readonly Slice[]): void {
    for (const slice of slices) {
      this.#touched.add(slice);
    }
    if (this.#cancel === undefined && this.#touched.size > 0) {
      const wait = Math.max(0, this.#toldAt + BETWEEN - this.#clock.now());
      this.#cancel = this.#clock.after(wait, () => this.tellNow());
    }
  }

  /** What somebody has done himself is to be seen before he has lifted his finger. */
  tellNow(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#toldAt = this.#clock.now();
    const listeners = new Set<() => void>();
    for (const slice of this.#touched) {
      this.#revisions.set(slice, this.revisionOf(slice) + 1);
      for (const listener of this.#listeners.get(slice) ?? []) {
        listeners.add(listener);
      }
    }
    this.#touched.clear();
    for (const listener of listeners) {
      listener();
    }
  }

  /** Grows with each change that was told. */
  revisionOf(slice: Slice): number {
    return this.#revisions.get(slice) ?? 0;
  }

  subscribe(slices: readonly Slice[], listener: () => void): () => void {
    for (const slice of slices) {
      const listeners = this.#listeners.get(slice) ?? new Set();
      this.#listeners.set(slice, listeners.add(listener));
    }
    return () => {
      for (const slice of slices) {
        this.#listeners.get(slice)?.delete(listener);
      }
    };
  }
}
