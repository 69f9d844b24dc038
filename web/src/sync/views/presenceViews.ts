import type { Live } from "../../live/live.ts";
import type { Person } from "../model.ts";
import type { PresenceBoard } from "../presence/presenceBoard.ts";
import type { Updates } from "../store/updates.ts";
import { sameOr, View } from "../store/view.ts";
import type { Presence, PresenceCounts, Typist } from "../sync.ts";

export class PresenceViews implements Presence {
  readonly counts: Live<PresenceCounts>;
  readonly online: Live<readonly Person[]>;
  readonly #board: PresenceBoard;
  readonly #updates: Updates;
  readonly #viewers = new Map<number, Live<readonly Person[]>>();
  readonly #typists = new Map<number, Live<readonly Typist[]>>();

  constructor(board: PresenceBoard, updates: Updates) {
    this.#board = board;
    this.#updates = updates;
    this.counts = this.#view(() => board.counts);
    this.online = this.#view((previous) => sameOr(previous, byName(board.online)));
  }

  viewersOf(incidentId: number): Live<readonly Person[]> {
    return once(this.#viewers, incidentId, () =>
      this.#view((previous) => sameOr(previous, byName(this.#board.viewersOf(incidentId)))),
    );
  }

  typistsOf(incidentId: number): Live<readonly Typist[]> {
    return once(this.#typists, incidentId, () =>
      this.#view((previous) => sameOr(previous, [...this.#board.typistsOf(incidentId).values()])),
    );
  }

  #view<T>(compute: (previous: T | undefined) => T): Live<T> {
    return new View(this.#updates, ["presence"], compute);
  }
}

function byName(people: ReadonlyMap<string, Person>): readonly Person[] {
  return [...people.values()].sort((one, other) => one.name.localeCompare(other.name));
}

function once<K, T>(made: Map<K, T>, key: K, make: () => T): T {
  const known = made.get(key) ?? make();
  made.set(key, known);
  return known;
}
