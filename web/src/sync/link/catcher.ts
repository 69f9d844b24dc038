import type { Api } from "../../api/api.ts";
import type { Incident, Notification } from "../../api/generated/rest.ts";
import { ApiProblem } from "../../api/problem.ts";
import { Cell } from "../../live/live.ts";
import type { Change } from "../change/change.ts";
import { changeOfEvent } from "../change/changeOfEvent.ts";
import type { Store } from "../store/store.ts";
import type { LogStanding } from "../sync.ts";

/** Of incidents and notifications; the most that the server gives. */
const PAGE = 200;
/** Of the log. */
const LOG_PAGE = 1_000;
/** Who has missed more than this many positions reads the state instead. */
const TOO_FAR = 10_000;

/** Told while something is read that takes more than a moment. */
export type Progress = (done: number, total: number) => void;

/** Who hears of a change that may be news. */
export type Hearer = (change: Change, isNew: boolean, live: boolean) => void;

/**
 * Keeps the store complete up to a position of the log. What sockets tell is applied as it comes; the position moves on
 * only by what promises to be everything up to there. So it is always safe to read the log from there again.
 */
export class Catcher {
  readonly standing = new Cell<LogStanding>({ epoch: undefined, position: 0, head: 0 });
  readonly #api: Api;
  readonly #store: Store;
  readonly #hearer: Hearer;
  /** The epoch of what is in the store, be it all or only a part. */
  #life: string | undefined;
  /** What was told of another life of the log, until its state has come. */
  #held: { readonly epoch: string | undefined; readonly told: (() => void)[] } | undefined;

  constructor(api: Api, store: Store, hearer: Hearer) {
    this.#api = api;
    this.#store = store;
    this.#hearer = hearer;
  }

  /** There is a state that later changes can be applied to. */
  get isLoaded(): boolean {
    return this.standing.get().epoch !== undefined;
  }

  forgetEverything(): void {
    this.#held = undefined;
    this.#life = undefined;
    this.#store.clear();
    this.standing.set({ epoch: undefined, position: 0, head: 0 });
  }

  /** A socket has told it. */
  hear(change: Change, position: number, live: boolean): void {
    if (this.#held !== undefined) {
      this.#held.told.push(() => this.hear(change, position, live));
      return;
    }
    this.#hearer(change, this.#store.apply(change, position), live);
    this.#hearOfHead(position);
  }

  /** Everything up to here has been told. */
  promise(position: number, head = position): void {
    const { epoch, position: before } = this.standing.get();
    if (epoch !== undefined && this.#held === undefined) {
      this.#stand(epoch, Math.max(before, position), head);
    }
  }

  /**
   * Reads what was missed, or everything anew where that is less, or nothing else is possible. Says which.
   *
   * @param ahead where the log is, as far as is known
   */
  async bringUpToDate(
    ahead: { readonly epoch: string; readonly position: number } | undefined,
    live: boolean,
    progress: Progress,
    signal: AbortSignal,
  ): Promise<"log" | "snapshot"> {
    const { epoch, position } = this.standing.get();
    if (ahead !== undefined) {
      this.#meetLife(ahead.epoch);
    }
    const isFar = ahead !== undefined && (ahead.epoch !== epoch || ahead.position - position > TOO_FAR);
    if (!this.isLoaded || isFar || !(await this.#readLog(live, progress, signal))) {
      await this.takeSnapshot(progress, signal);
      return "snapshot";
    }
    return "log";
  }

  /** Says whether the log goes back that far, and is still the same one. */
  async #readLog(live: boolean, progress: Progress, signal: AbortSignal): Promise<boolean> {
    const { epoch, position: from } = this.standing.get();
    let after = from;
    for (;;) {
      const page = await this.#logAfter(after, signal);
      if (page === undefined || page.epoch !== epoch || page.head < after || page.head - after > TOO_FAR) {
        return false;
      }
      for (const positioned of page.events) {
        const change = changeOfEvent(positioned);
        this.#store.meet((positioned.event.metadata.actor ?? undefined) as Parameters<Store["meet"]>[0]);
        if (change !== undefined) {
          this.#hearer(change, this.#store.apply(change, positioned.position), live);
        }
      }
      after = page.next;
      this.#stand(epoch, after, page.head);
      if (after >= page.head) {
        return true;
      }
      progress(after - from, page.head - from);
    }
  }

  async #logAfter(after: number, signal: AbortSignal) {
    try {
      return (await this.#api.call("GET /api/events", { query: { after, limit: LOG_PAGE }, signal })).body;
    } catch (problem) {
      // It does not go back that far any more, or not yet: the log has been restored from a backup.
      if (
        problem instanceof ApiProblem &&
        (problem.code === "EVENTS_GONE" || problem.code === "INVALID_PARAMETER")
      ) {
        return undefined;
      }
      throw problem;
    }
  }

  /** What comes from now on is of this one. If all of another one is shown, it stays until all of this one is there. */
  #meetLife(epoch: string | undefined): void {
    if (epoch === this.#life) {
      this.#held = undefined;
    } else if (this.isLoaded) {
      this.#held = this.#held?.epoch === epoch ? this.#held : { epoch, told: [] };
    } else {
      this.#store.clear();
    }
    if (!this.isLoaded) {
      this.#life = epoch;
    }
  }

  /** Reads everything. What is there is shown as it comes, unless it is of another life of the log. */
  async takeSnapshot(progress: Progress, signal: AbortSignal): Promise<void> {
    const mark = this.#store.notifications.mark();
    const pages = new PageReader(signal, progress, Math.ceil(this.#store.newestFirst.length / PAGE) + 2);
    const incidents: Incident[] = [];
    const isOfAnotherLife = () => pages.epoch !== this.#life;
    for await (const page of pages.readAll((call) => this.#api.call("GET /api/incidents", call))) {
      incidents.push(...page.incidents);
      this.#meetLife(pages.epoch);
      if (!isOfAnotherLife()) {
        this.#put(page.incidents);
      }
    }
    const notifications: Notification[] = [];
    for await (const page of pages.readAll((call) => this.#api.call("GET /api/notifications", call))) {
      notifications.push(...page.notifications);
    }
    if (isOfAnotherLife()) {
      this.#store.clear();
      this.#put(incidents);
    }
    this.#store.mergeNotifications(notifications, pages.position, mark);
    this.#store.setComplete();
    const head = isOfAnotherLife() ? 0 : this.standing.get().head;
    this.#life = pages.epoch;
    this.standing.set({ epoch: pages.epoch, position: pages.position, head: Math.max(head, pages.position) });
    const held = this.#held?.told ?? [];
    this.#held = undefined;
    for (const tell of held) {
      tell();
    }
  }

  #put(incidents: readonly Incident[]): void {
    for (const incident of incidents) {
      this.#store.putIncident(incident);
    }
  }

  #stand(epoch: string, position: number, head: number): void {
    const before = this.standing.get();
    const farthest = Math.max(before.head, head, position);
    if (before.epoch !== epoch || before.position !== position || before.head !== farthest) {
      this.standing.set({ epoch, position, head: farthest });
    }
  }

  #hearOfHead(head: number): void {
    const { epoch, position, head: before } = this.standing.get();
    if (epoch !== undefined && head > before) {
      this.standing.set({ epoch, position, head });
    }
  }
}

/** The log was restored or rebuilt in the middle of a reading. */
class EpochChangedError extends Error {}

/** Reads lists to their ends, and knows up to where of the log all of it is complete. */
class PageReader {
  position = Number.POSITIVE_INFINITY;
  epoch: string | undefined;
  readonly #signal: AbortSignal;
  readonly #progress: Progress;
  readonly #expected: number;
  #done = 0;

  constructor(signal: AbortSignal, progress: Progress, expected: number) {
    this.#signal = signal;
    this.#progress = progress;
    this.#expected = expected;
  }

  /** Page by page, as `ask` gets them. */
  async *readAll<T extends { readonly nextCursor: string | null }>(
    ask: (call: PageCall) => Promise<{
      readonly body: T;
      readonly position: number | undefined;
      readonly epoch: string | undefined;
    }>,
  ): AsyncGenerator<T> {
    let query: PageCall["query"] = { limit: PAGE };
    for (;;) {
      const { body, position, epoch } = await ask({ query, signal: this.#signal });
      if (this.epoch !== undefined && this.epoch !== epoch) {
        throw new EpochChangedError();
      }
      this.epoch = epoch;
      this.position = Math.min(this.position, position ?? 0);
      this.#done++;
      this.#progress(this.#done, Math.max(this.#expected, this.#done + 1));
      yield body;
      if (body.nextCursor === null) {
        return;
      }
      query = { limit: PAGE, cursor: body.nextCursor };
    }
  }
}

interface PageCall {
  readonly query: { readonly limit: number; readonly cursor?: string };
  readonly signal: AbortSignal;
}
