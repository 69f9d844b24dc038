import type { Live } from "../../live/live.ts";
import type { Slice, Updates } from "./updates.ts";

/** A `Live` that is computed from slices of what is known, and only when one of them has changed. */
export class View<T> implements Live<T> {
  readonly #updates: Updates;
  readonly #slices: readonly Slice[];
  readonly #compute: (previous: T | undefined) => T;
  #computed: { readonly revision: number; readonly value: T } | undefined;

  /** `compute` should give `previous` again where nothing has changed in it. */
  constructor(updates: Updates, slices: readonly Slice[], compute: (previous: T | undefined) => T) {
    this.#updates = updates;
    this.#slices = slices;
    this.#compute = compute;
  }

  get(): T {
    const revision = this.#slices.reduce((sum, slice) => sum + this.#updates.revisionOf(slice), 0);
    if (this.#computed?.revision !== revision) {
      this.#computed = { revision, value: this.#compute(this.#computed?.value) };
    }
    return this.#computed.value;
  }

  subscribe(listener: () => void): () => void {
    return this.#updates.subscribe(this.#slices, listener);
  }
}

/** `previous`, if both hold the same things in the same order. */
export function sameOr<T>(previous: readonly T[] | undefined, next: readonly T[]): readonly T[] {
  if (previous?.length !== next.length) {
    return next;
  }
  for (let index = 0; index < next.length; index++) {
    if (next[index] !== previous[index]) {
      return next;
    }
  }
  return previous;
}
