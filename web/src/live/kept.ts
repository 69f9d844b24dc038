import { Cell } from "./live.ts";

/** A `Cell` whose value the browser keeps, and which follows what the other tabs set. */
export class Kept<T> extends Cell<T> {
  readonly #key: string;

  /** `read` makes sense of whatever was kept; of `undefined` where nothing was. */
  constructor(key: string, read: (kept: unknown) => T) {
    const text = localStorage.getItem(key);
    super(read(parsed(text)));
    this.#key = key;
    addEventListener("storage", (event) => {
      if (event.key === key) {
        super.set(read(parsed(event.newValue)));
      }
    });
  }

  override set(value: T): void {
    localStorage.setItem(this.#key, JSON.stringify(value));
    super.set(value);
  }
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    // Somebody has written there what we never would: as if there were nothing.
    return undefined;
  }
}
