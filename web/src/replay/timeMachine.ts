import type { PositionedEventView } from "../api/generated/rest.ts";
import type { Cell, Live } from "../live/live.ts";
import { ApiProblem, type Sync } from "../sync/index.ts";
import type { Moment } from "./moment.ts";
import { Tape } from "./tape.ts";

/** How many changes in a second and a half. */
export const SPEEDS: readonly number[] = [1, 2, 3, 5, 10];
const PACE = 1_500;
/** As many as the server gives at once. */
const PAGE = 1_000;
/** So far ahead of where one looks the log is read: whoever goes back a little goes back further. */
const MARGIN = 200;

/** Reads the log back as far as one wants to see, and plays it. */
export class TimeMachine {
  readonly #sync: Pick<Sync, "api" | "incidents" | "log">;
  readonly #moment: Cell<Moment>;
  #tape: Tape | undefined;
  /** One after the other: each begins where the one before has got to. */
  #queue: Promise<void> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #speed = 1;

  /** `moment` is where it says what is to be shown. */
  constructor(sync: Pick<Sync, "api" | "incidents" | "log">, moment: Cell<Moment>) {
    this.#sync = sync;
    this.#moment = moment;
  }

  get moment(): Live<Moment> {
    return this.#moment;
  }

  /** Leaves the present, to just where it was. All incidents must be there. */
  depart(): void {
    // What is shown may be ahead of the position up to which everything has been told, never of the head.
    this.goTo(this.#sync.log.get().head);
  }

  /** Goes to where the event at `position` has just happened. */
  goTo(position: number): void {
    this.#tape ??= this.#beginTape();
    const target = Math.max(0, Math.min(position, this.#tape.end));
    this.#show(target, undefined);
    this.#enqueue((tape) => this.#readBackTo(tape, target - MARGIN));
  }

  returnToNow(): void {
    this.#stop();
    this.#tape = undefined;
    this.#moment.set({ kind: "now" });
  }

  /** To the next change, or to before the one that is looked at. */
  step(direction: 1 | -1): void {
    this.pause();
    this.#enqueue(async (tape) => {
      const moment = this.#moment.get();
      if (moment.kind === "past") {
        this.goTo(tape.step(moment.position, direction) ?? (direction === 1 ? tape.end : tape.start));
      }
    });
  }

  /** Goes on, change by change, until the end of the tape. */
  play(): void {
    const moment = this.#moment.get();
    if (moment.kind === "past" && this.#timer === undefined && moment.position < moment.end) {
      this.#scheduleNext();
      this.#moment.set({ ...moment, isPlaying: true });
    }
  }

  pause(): void {
    this.#stop();
    const moment = this.#moment.get();
    if (moment.kind === "past" && moment.isPlaying) {
      this.#moment.set({ ...moment, isPlaying: false });
    }
  }

  /** One of `SPEEDS`. */
  setSpeed(speed: number): void {
    this.#speed = speed;
    const moment = this.#moment.get();
    if (moment.kind === "past") {
      this.#moment.set({ ...moment, speed });
    }
  }

  #beginTape(): Tape {
    const rows = this.#sync.incidents.list({}).get();
    const saved = rows.map((row) => row.saved).filter((incident) => incident !== undefined);
    return new Tape(saved, this.#sync.log.get().head);
  }

  #enqueue(job: (tape: Tape) => Promise<void>): void {
    const tape = this.#tape;
    this.#queue = this.#queue.then(async () => {
      // Whoever has returned to the present, or left it again, does not want this any more.
      if (tape !== undefined && tape === this.#tape) {
        await job(tape);
      }
    });
  }

  async #readBackTo(tape: Tape, target: number): Promise<void> {
    if (tape.start === 0 || target >= tape.start) {
      return;
    }
    const from = Math.max(0, Math.min(target, tape.start - PAGE));
    try {
      tape.prepend(await this.#read(from, tape.start), from);
      this.#showAgain(undefined);
    } catch (cause) {
      if (!(cause instanceof ApiProblem)) {
        throw cause;
      }
      this.#showAgain(cause);
    }
  }

  async #read(from: number, to: number): Promise<readonly PositionedEventView[]> {
    const events: PositionedEventView[] = [];
    let after = from;
    while (after < to) {
      const query = { after, limit: Math.min(PAGE, to - after) };
      const { body } = await this.#sync.api.call("GET /api/events", { query });
      events.push(...body.events);
      after = Math.max(body.next, after + 1);
    }
    return events;
  }

  #scheduleNext(): void {
    this.#timer = setTimeout(() => this.#playNext(), PACE / this.#speed);
  }

  #playNext(): void {
    this.#timer = undefined;
    const moment = this.#moment.get();
    if (moment.kind !== "past" || this.#tape === undefined) {
      return;
    }
    const next = this.#tape.step(moment.position, 1);
    if (next !== undefined) {
      this.#scheduleNext();
    }
    this.#show(next ?? this.#tape.end, undefined);
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #showAgain(problem: ApiProblem | undefined): void {
    const moment = this.#moment.get();
    if (moment.kind === "past") {
      this.#show(moment.position, problem);
    }
  }

  #show(position: number, problem: ApiProblem | undefined): void {
    const tape = this.#tape;
    if (tape === undefined) {
      return;
    }
    const isRead = position >= tape.start;
    this.#moment.set({
      kind: "past",
      position,
      end: tape.end,
      incidents: isRead ? tape.incidentsAt(position) : undefined,
      change: isRead ? tape.changeAt(position) : undefined,
      isPlaying: this.#timer !== undefined,
      speed: this.#speed,
      problem,
    });
  }
}
