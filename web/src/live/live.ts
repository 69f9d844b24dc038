/**
 * Something that can be read now and that tells when it has changed. What `get` gives stays the same object until
 * then, so that it fits React's `useSyncExternalStore`.
 */
export interface Live<T> {
  get(): T;
  /** Calls back after each change; gives the way to stop it. */
  subscribe(listener: () => void): () => void;
}

/** A `Live` that is set. */
export class Cell<T> implements Live<T> {
  readonly #listeners = new Set<() => void>();
  #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  get(): T {
    return this.#value;
  }

  set(value: T): void {
    if (!Object.is(value, this.#value)) {
      this.#value = value;
      for (const listener of [...this.#listeners]) {
        listener();
      }
    }
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
