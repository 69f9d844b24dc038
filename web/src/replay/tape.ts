import type { PositionedEventView } from "../api/generated/rest.ts";
import type { Incident } from "../sync/index.ts";
import { type Change, changeOf } from "./change.ts";

/**
 * A stretch of the log, and what incidents there were at any position of it. It is wound from where it stands to where one
 * wants to look: forward by doing what events did, backward by undoing it. So it need not begin at the beginning.
 */
export class Tape {
  readonly #incidents: Map<number, Incident>;
  #changes: Change[] = [];
  #start: number;
  readonly #end: number;
  /** How many of the changes have been done where the tape stands. */
  #done = 0;

  /** Stands at `end`, where there were `incidents`; what it is to go back to has to be prepended. */
  constructor(incidents: Iterable<Incident>, end: number) {
    this.#incidents = new Map([...incidents].map((incident) => [incident.id, incident]));
    this.#start = end;
    this.#end = end;
  }

  /** The earliest position that it can be wound to. */
  get start(): number {
    return this.#start;
  }

  get end(): number {
    return this.#end;
  }

  get changes(): readonly Change[] {
    return this.#changes;
  }

  /** Adds the events after `start` and up to where the tape begins. */
  prepend(events: readonly PositionedEventView[], start: number): void {
    const earlier = changesOf(events).filter(({ position }) => position > start && position <= this.#start);
    for (const { after } of earlier) {
      // The snapshot may have been taken a little before its position; and what was undone to get here may be known better.
      const known = this.#incidents.get(after.id);
      if (known === undefined || known.version <= after.version) {
        this.#incidents.set(after.id, after);
      }
    }
    this.#changes = linked([...earlier, ...this.#changes]);
    this.#done += earlier.length;
    this.#start = Math.min(start, this.#start);
  }

  /** What there was when the event at `position` had happened, newest first. Beyond its ends, the tape stops there. */
  incidentsAt(position: number): readonly Incident[] {
    const target = Math.min(Math.max(position, this.#start), this.#end);
    const wanted = this.#countUpTo(target);
    for (const { after } of this.#changes.slice(this.#done, wanted)) {
      this.#incidents.set(after.id, after);
    }
    for (const { before, after } of this.#changes.slice(wanted, this.#done).reverse()) {
      if (before === undefined) {
        this.#incidents.delete(after.id);
      } else {
        this.#incidents.set(before.id, before);
      }
    }
    this.#done = wanted;
    return [...this.#incidents.values()].sort((one, other) => other.id - one.id);
  }

  /** The last change at or before `position`, as far as the tape goes. */
  changeAt(position: number): Change | undefined {
    return this.#changes[this.#countUpTo(position) - 1];
  }

  /** The position of the next change after `position`, or of the last one before it. */
  step(position: number, direction: 1 | -1): number | undefined {
    const count = this.#countUpTo(position);
    if (direction === 1) {
      return this.#changes[count]?.position;
    }
    // To undo the change that one looks at is to stand right before it.
    const current = this.#changes[count - 1];
    return current === undefined ? undefined : Math.max(this.#start, current.position - 1);
  }

  /** How many changes there are up to `position`. */
  #countUpTo(position: number): number {
    let low = 0;
    let high = this.#changes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#changes[middle]?.position ?? 0) <= position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

function changesOf(events: readonly PositionedEventView[]): Change[] {
  return events.map(changeOf).filter((change) => change !== undefined);
}

/** What an event does not tell of the state before it, the one before that does. */
function linked(changes: readonly Change[]): Change[] {
  const latest = new Map<number, Incident>();
  return changes.map((change) => {
    const before = latest.get(change.after.id);
    latest.set(change.after.id, change.after);
    return before === undefined || change.before === undefined ? change : { ...change, before };
  });
}
