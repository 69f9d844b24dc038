import { Cell, type Live } from "../../live/live.ts";

/** So many incidents at once are told in one sentence. */
const GATHER = 1_000;
/** Whoever was alarmed of something is not alarmed of the same again. */
const ALARMED = 10_000;
/** Long enough to be heard; then it is cleared, so that the same words are heard again. */
const SAID = 4_000;

/** What screen readers are to say: now and then the feed's summary; what is urgent, at once. */
export class Announcer {
  readonly #polite = new Cell("");
  readonly #assertive = new Cell("");
  readonly #alarmed = new Map<string, number>();
  #arrived = 0;

  get polite(): Live<string> {
    return this.#polite;
  }

  get assertive(): Live<string> {
    return this.#assertive;
  }

  say(text: string): void {
    put(this.#polite, text);
  }

  /** An incident has arrived: counted, and told with those that come soon after. */
  countIncident(): void {
    this.#arrived += 1;
    if (this.#arrived === 1) {
      setTimeout(() => {
        this.say(this.#arrived === 1 ? "1 new incident" : `${this.#arrived} new incidents`);
        this.#arrived = 0;
      }, GATHER);
    }
  }

  /** `subject` is what it is about. */
  alarm(text: string, subject: string): void {
    const now = Date.now();
    const last = this.#alarmed.get(subject);
    if (last === undefined || now - last > ALARMED) {
      this.#alarmed.set(subject, now);
      put(this.#assertive, text);
    }
  }
}

function put(region: Cell<string>, text: string): void {
  region.set(text);
  setTimeout(() => {
    if (region.get() === text) {
      region.set("");
    }
  }, SAID);
}
