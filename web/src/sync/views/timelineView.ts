import type { PositionedEventView } from "../../api/generated/rest.ts";
import { Cell, type Live } from "../../live/live.ts";
import type { Clock } from "../clock.ts";
import type { Updates } from "../store/updates.ts";
import type { Timeline } from "../sync.ts";

/** Several changes at once are read at once. */
const GATHER = 200;

/** Read when it is first watched, and again whenever `revision` says that something has happened to the incident. */
export class TimelineView implements Live<Timeline> {
  readonly #read: () => Promise<readonly PositionedEventView[]>;
  readonly #revision: () => string;
  readonly #updates: Updates;
  readonly #clock: Clock;
  readonly #timeline = new Cell<Timeline>({ isLoaded: false, events: [] });
  #watchers = 0;
  #seen: string | undefined;
  #ignoreUpdates: () => void = () => undefined;
  #cancelReading: (() => void) | undefined;

  constructor(
    read: () => Promise<readonly PositionedEventView[]>,
    revision: () => string,
    updates: Updates,
    clock: Clock,
  ) {
    this.#read = read;
    this.#revision = revision;
    this.#updates = updates;
    this.#clock = clock;
  }

  get(): Timeline {
    return this.#timeline.get();
  }

  subscribe(listener: () => void): () => void {
    if (this.#watchers++ === 0) {
      this.#ignoreUpdates = this.#updates.subscribe(["incidents", "threads"], () => this.#look());
      this.#look();
    }
    const ignore = this.#timeline.subscribe(listener);
    return () => {
      ignore();
      if (--this.#watchers === 0) {
        this.#ignoreUpdates();
        this.#cancelReading?.();
        this.#cancelReading = undefined;
        // Who comes back later reads it anew.
        this.#seen = undefined;
      }
    };
  }

  #look(): void {
    if (this.#seen !== this.#revision() && this.#cancelReading === undefined) {
      this.#cancelReading = this.#clock.after(
        this.#seen === undefined ? 0 : GATHER,
        () => void this.#readNow(),
      );
    }
  }

  async #readNow(): Promise<void> {
    this.#cancelReading = undefined;
    this.#seen = this.#revision();
    try {
      this.#timeline.set({ isLoaded: true, events: await this.#read() });
    } catch {
      // It is read again with the next change, or by who comes back to it.
      this.#seen = undefined;
    }
  }
}
