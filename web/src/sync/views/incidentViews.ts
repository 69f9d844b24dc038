import type { Live } from "../../live/live.ts";
import type { Deed } from "../deeds/deed.ts";
import type { DeedBook } from "../deeds/deedBook.ts";
import { draftOf, withDeeds } from "../deeds/overlay.ts";
import { isActive, isUrgent, type User } from "../model.ts";
import type { Store } from "../store/store.ts";
import type { Slice, Updates } from "../store/updates.ts";
import { sameOr, View } from "../store/view.ts";
import type { IncidentCounts, IncidentFilter, IncidentRow, Incidents } from "../sync.ts";
import { matcherOf } from "./matcher.ts";

const SLICES: readonly Slice[] = ["incidents", "deeds"];
/** Lists that nobody watches any more are kept for who comes back to them. */
const LISTS_KEPT = 30;

/** The incidents as they are to be shown: the server's, with one's own deeds over them. */
export class IncidentViews implements Incidents {
  readonly counts: Live<IncidentCounts>;
  readonly isComplete: Live<boolean>;
  readonly #store: Store;
  readonly #deeds: DeedBook;
  readonly #updates: Updates;
  readonly #me: () => User | undefined;
  /** Every list and every count is made of these, which are made once for all of them. */
  readonly #all: Live<readonly IncidentRow[]>;
  readonly #lists = new Map<string, Live<readonly IncidentRow[]>>();
  readonly #ones = new Map<number, Live<IncidentRow | undefined>>();
  readonly #drafts = new WeakMap<Deed, IncidentRow>();
  /** As long as the server's state and the deeds on it are the same, the row is. */
  readonly #rows = new Map<number, IncidentRow>();

  constructor(store: Store, deeds: DeedBook, updates: Updates, me: () => User | undefined) {
    this.#store = store;
    this.#deeds = deeds;
    this.#updates = updates;
    this.#me = me;
    this.#all = new View(updates, SLICES, (previous) => sameOr(previous, this.#allRows()));
    this.counts = new View(updates, SLICES, () => this.#count());
    this.isComplete = new View(updates, ["incidents"], () => store.isComplete);
  }

  list(filter: IncidentFilter): Live<readonly IncidentRow[]> {
    const key = JSON.stringify(filter);
    const known = this.#lists.get(key);
    if (known !== undefined) {
      return known;
    }
    const matches = matcherOf(filter);
    const list = new View<readonly IncidentRow[]>(this.#updates, SLICES, (previous) =>
      sameOr(
        previous,
        this.#all.get().filter((row) => matches(row.incident)),
      ),
    );
    this.#lists.set(key, list);
    const [oldest] = this.#lists.keys();
    if (this.#lists.size > LISTS_KEPT && oldest !== undefined) {
      this.#lists.delete(oldest);
    }
    return list;
  }

  one(id: number): Live<IncidentRow | undefined> {
    const known = this.#ones.get(id);
    if (known !== undefined) {
      return known;
    }
    const one = new View(this.#updates, SLICES, () => this.#rowOf(id));
    this.#ones.set(id, one);
    return one;
  }

  /** With every change of any, so it looks at each of thousands as briefly as it can. */
  #allRows(): readonly IncidentRow[] {
    const rows: IncidentRow[] = this.#deeds.drafts().map((deed) => this.#draftRowOf(deed));
    for (const id of this.#store.newestFirst) {
      const row = this.#rowOf(id);
      if (row !== undefined) {
        rows.push(row);
      }
    }
    return rows;
  }

  #draftRowOf(deed: Deed): IncidentRow {
    const known = this.#drafts.get(deed);
    if (known !== undefined || deed.intent.kind !== "report") {
      return known as IncidentRow;
    }
    const incident = draftOf(deed.intent.report, deed.since, this.#me());
    const row: IncidentRow = { key: deed.id, incident, saved: undefined, deeds: [deed] };
    this.#drafts.set(deed, row);
    return row;
  }

  #rowOf(id: number): IncidentRow | undefined {
    const saved = this.#store.incident(id);
    if (saved === undefined) {
      return undefined;
    }
    const deeds = this.#deeds.about(id);
    const known = this.#rows.get(id);
    const isKnown =
      known !== undefined && known.saved === saved && sameOr(known.deeds, deeds) === known.deeds;
    // A row gets its key from the deed that it came of, and keeps it.
    const isNamed = known?.key === this.#deeds.keyOf(id);
    if (isKnown && isNamed) {
      return known;
    }
    const shown = deeds.filter(({ state }) => state.kind !== "failed");
    const row: IncidentRow = {
      key: this.#deeds.keyOf(id),
      incident: withDeeds(saved, shown, this.#me()),
      saved,
      deeds,
    };
    this.#rows.set(id, row);
    return row;
  }

  #count(): IncidentCounts {
    const me = this.#me()?.id;
    const byStatus = { OPEN: 0, IN_PROGRESS: 0, RESOLVED: 0, ARCHIVED: 0 };
    let total = 0;
    let urgent = 0;
    let mine = 0;
    for (const { incident } of this.#all.get()) {
      total++;
      byStatus[incident.status]++;
      urgent += Number(isUrgent(incident));
      mine += Number(isActive(incident) && (incident.assigned_to === me || incident.reported_by === me));
    }
    return { total, urgent, byStatus, mine };
  }
}
