import { ApiProblem } from "../../api/problem.ts";
import type { Change } from "../change/change.ts";
import type { Clock } from "../clock.ts";
import type { User } from "../model.ts";
import type { Updates } from "../store/updates.ts";
import type { Doing } from "../sync.ts";
import type { Conflict, Deed, DeedState, IncidentChanges, Intent, Outcome } from "./deed.ts";
import { type Done, RefusedError } from "./sender.ts";

/** Waits between tries, while the server cannot be reached or has no time. */
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 15_000;
/** How often an internal error is tried again. */
const MOST_ERRORS = 3;

const NO_DEEDS: readonly Deed[] = [];

interface Entry {
  deed: Deed;
  /** The incident that a report has become, or (until the answer comes) seems to have become. */
  incidentId: number | undefined;
  /** The comment that it seems to have become. */
  commentId: number | undefined;
  readonly finish: (outcome: Outcome) => void;
  readonly outcome: Promise<Outcome>;
}

/**
 * One's own deeds on their way to the server. They show at once; those on the same thing go one after the other; what
 * fails in passing is tried again; what is refused is taken back, and stays in the book with the reason.
 */
export class DeedBook {
  readonly #clock: Clock;
  readonly #updates: Updates;
  readonly #send: (deed: Deed) => Promise<Done>;
  readonly #me: () => User | undefined;
  readonly #entries = new Map<string, Entry>();
  /** The deeds that became incidents, by their ids: their rows keep the keys that they had. */
  readonly #keys = new Map<number, string>();
  readonly #commentKeys = new Map<number, string>();
  readonly #lanes = new Map<string, Promise<void>>();
  #byIncident: ReadonlyMap<number, readonly Deed[]> | undefined;
  /** Ends the waits: the connection is back. */
  #wakers = new Set<() => void>();

  constructor(
    clock: Clock,
    updates: Updates,
    send: (deed: Deed) => Promise<Done>,
    me: () => User | undefined,
  ) {
    this.#clock = clock;
    this.#updates = updates;
    this.#send = send;
    this.#me = me;
  }

  /** Pending, held and failed ones, oldest first. */
  open(): readonly Deed[] {
    return [...this.#entries.values()].map(({ deed }) => deed);
  }

  /** Reports that are not seen among the server's incidents yet, newest first. */
  drafts(): readonly Deed[] {
    return [...this.#entries.values()]
      .filter(({ deed, incidentId }) => deed.intent.kind === "report" && incidentId === undefined)
      .map(({ deed }) => deed)
      .reverse();
  }

  /** What is open about an incident, or was reported as it. */
  about(incidentId: number): readonly Deed[] {
    this.#byIncident ??= this.#indexed();
    return this.#byIncident.get(incidentId) ?? NO_DEEDS;
  }

  /** It is asked for every row of every list. */
  #indexed(): ReadonlyMap<number, readonly Deed[]> {
    const index = new Map<number, readonly Deed[]>();
    for (const { deed, incidentId } of this.#entries.values()) {
      const { intent } = deed;
      const about = "incidentId" in intent ? intent.incidentId : incidentId;
      if (about !== undefined && intent.kind !== "comment" && intent.kind !== "delete-comment") {
        index.set(about, [...(index.get(about) ?? []), deed]);
      }
    }
    return index;
  }

  /** Comments on an incident that are not seen in its thread yet, oldest first. */
  unseenComments(incidentId: number): readonly Deed[] {
    return [...this.#entries.values()]
      .filter(
        ({ deed, commentId }) =>
          deed.intent.kind === "comment" && deed.intent.incidentId === incidentId && commentId === undefined,
      )
      .map(({ deed }) => deed);
  }

  /** What is open about a comment. */
  aboutComment(id: number): readonly Deed[] {
    return [...this.#entries.values()]
      .filter(({ deed, commentId }) =>
        deed.intent.kind === "delete-comment" ? deed.intent.commentId === id : commentId === id,
      )
      .map(({ deed }) => deed);
  }

  keyOf(incidentId: number): string {
    return this.#keys.get(incidentId) ?? String(incidentId);
  }

  keyOfComment(commentId: number): string {
    return this.#commentKeys.get(commentId) ?? String(commentId);
  }

  begin(intent: Intent, holdFor = 0): Doing {
    const now = this.#clock.now();
    let finish: (outcome: Outcome) => void = () => undefined;
    const outcome = new Promise<Outcome>((resolve) => {
      finish = resolve;
    });
    const state: DeedState = holdFor > 0 ? { kind: "held", until: now + holdFor } : { kind: "pending" };
    const deed: Deed = { id: crypto.randomUUID(), intent, since: now, state };
    this.#entries.set(deed.id, { deed, incidentId: undefined, commentId: undefined, finish, outcome });
    this.#tellNow();
    if (holdFor > 0) {
      this.#clock.after(holdFor, () => {
        if (this.#entries.get(deed.id)?.deed.state.kind === "held") {
          this.#queue(deed.id);
        }
      });
    } else {
      this.#queue(deed.id);
    }
    return { deed, outcome, undo: () => this.#undo(deed.id) };
  }

  #undo(id: string): boolean {
    const entry = this.#entries.get(id);
    if (entry?.deed.state.kind !== "held") {
      return false;
    }
    this.#close(entry, { kind: "undone" });
    return true;
  }

  retry(id: string): void {
    if (this.#entries.get(id)?.deed.state.kind === "failed") {
      this.#queue(id);
    }
  }

  discard(id: string): void {
    if (this.#entries.get(id)?.deed.state.kind === "failed") {
      this.#entries.delete(id);
      this.#tellNow();
    }
  }

  settle(id: string, conflict: Conflict, chosen: IncidentChanges): Doing {
    this.discard(id);
    return this.begin({
      kind: "edit",
      incidentId: conflict.theirs.id,
      changes: chosen,
      basedOn: conflict.theirs,
    });
  }

  /** The connection is back: what waits for it need not wait longer. */
  hurry(): void {
    for (const wake of this.#wakers) {
      wake();
    }
  }

  /** Somebody else is signed in, or nobody. */
  forgetEverything(): void {
    for (const { finish } of this.#entries.values()) {
      finish({ kind: "undone" });
    }
    this.#entries.clear();
    this.#keys.clear();
    this.#commentKeys.clear();
    this.hurry();
    this.#tellNow();
  }

  /**
   * A change was heard that may be one of these, before its answer has come: then both are one row. Says whether it is one's
   * own, from here or another tab.
   */
  recognise(change: Change): boolean {
    const me = this.#me()?.id;
    switch (change.kind) {
      case "reported":
        if (change.by?.id === me) {
          this.#claim(
            ({ deed, incidentId }) => incidentId === undefined && isReportOf(deed.intent, change.incident),
            (entry) => this.#become(entry, change.incident.id),
          );
        }
        return change.by?.id === me;
      case "changed":
        return change.by === undefined ? this.about(change.incident.id).length > 0 : change.by.id === me;
      case "resolved":
      case "escalated":
        return change.by?.id === me;
      case "commented": {
        const { author, incidentId, content, id } = change.comment;
        if (author.id === me) {
          this.#claim(
            ({ deed: { intent }, commentId }) =>
              commentId === undefined &&
              intent.kind === "comment" &&
              intent.incidentId === incidentId &&
              intent.content === content,
            (entry) => this.#becomeComment(entry, id),
          );
        }
        return author.id === me;
      }
      default:
        return false;
    }
  }

  #claim(isIt: (entry: Entry) => boolean, claim: (entry: Entry) => void): void {
    const entry = [...this.#entries.values()].find(
      (each) => each.deed.state.kind === "pending" && isIt(each),
    );
    if (entry !== undefined) {
      claim(entry);
    }
  }

  #become(entry: Entry, incidentId: number): void {
    if (entry.incidentId !== undefined) {
      // It only seemed to be that one.
      this.#keys.delete(entry.incidentId);
    }
    entry.incidentId = incidentId;
    this.#byIncident = undefined;
    this.#keys.set(incidentId, entry.deed.id);
  }

  #becomeComment(entry: Entry, commentId: number): void {
    if (entry.commentId !== undefined) {
      this.#commentKeys.delete(entry.commentId);
    }
    entry.commentId = commentId;
    this.#commentKeys.set(commentId, entry.deed.id);
  }

  // Sending

  /** Deeds on one thing in the order in which they were wanted. */
  #queue(id: string): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) {
      return;
    }
    this.#setState(entry, { kind: "pending" });
    const lane = laneOf(entry.deed);
    const before = this.#lanes.get(lane) ?? Promise.resolve();
    const sending = before.then(() => this.#sendUntilAnswered(entry));
    this.#lanes.set(lane, sending);
    void sending.then(() => {
      if (this.#lanes.get(lane) === sending) {
        this.#lanes.delete(lane);
      }
    });
  }

  async #sendUntilAnswered(entry: Entry): Promise<void> {
    for (let tries = 0; this.#isOpen(entry); tries++) {
      try {
        const done = await this.#send(entry.deed);
        if (this.#isOpen(entry)) {
          if (entry.deed.intent.kind === "report" && done.incidentId !== undefined) {
            this.#become(entry, done.incidentId);
          }
          if (done.commentId !== undefined) {
            this.#becomeComment(entry, done.commentId);
          }
          this.#close(entry, { kind: "done", incidentId: done.incidentId });
        }
        return;
      } catch (failure) {
        const refused = failure instanceof RefusedError ? failure : undefined;
        const problem = refused?.problem ?? failure;
        if (!(problem instanceof ApiProblem)) {
          throw failure;
        }
        const isToBeTriedAgain =
          problem.isPassing && (problem.code !== "INTERNAL_ERROR" || tries < MOST_ERRORS);
        if (!isToBeTriedAgain || refused !== undefined) {
          this.#fail(entry, problem, refused?.conflict);
          return;
        }
        await this.#wait(problem.retryAfterMs ?? Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** tries));
      }
    }
  }

  #fail(entry: Entry, problem: ApiProblem, conflict: Conflict | undefined): void {
    if (this.#isOpen(entry)) {
      entry.incidentId = undefined;
      entry.commentId = undefined;
      this.#setState(entry, { kind: "failed", problem, conflict });
      entry.finish({ kind: "failed", problem, conflict });
    }
  }

  #close(entry: Entry, outcome: Outcome): void {
    this.#entries.delete(entry.deed.id);
    entry.deed = { ...entry.deed, state: { kind: "done" } };
    this.#tellNow();
    entry.finish(outcome);
  }

  #isOpen(entry: Entry): boolean {
    return this.#entries.get(entry.deed.id) === entry;
  }

  #setState(entry: Entry, state: DeedState): void {
    entry.deed = { ...entry.deed, state };
    this.#tellNow();
  }

  #wait(delay: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        cancel();
        this.#wakers.delete(end);
        resolve();
      };
      const cancel = this.#clock.after(delay, end);
      this.#wakers.add(end);
    });
  }

  #tellNow(): void {
    this.#byIncident = undefined;
    this.#updates.touch("deeds");
    this.#updates.tellNow();
  }
}

function isReportOf(intent: Intent, incident: { title: string; description: string }): boolean {
  return (
    intent.kind === "report" &&
    intent.report.title === incident.title &&
    (intent.report.description ?? "") === incident.description
  );
}

function laneOf({ intent, id }: Deed): string {
  switch (intent.kind) {
    case "report":
      return id;
    case "mark-read":
    case "mark-all-read":
    case "dismiss":
      return "notifications";
    default:
      return `incident ${intent.incidentId}`;
  }
}
