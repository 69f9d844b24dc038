import type { Api } from "../../api/api.ts";
import type { Clock } from "../clock.ts";
import type { Message } from "../link/messages.ts";
import type { Person, Role } from "../model.ts";
import type { Updates } from "../store/updates.ts";
import type { PresenceCounts, Typist } from "../sync.ts";

/** Typing is told again now and then; who is not heard of for so long has stopped, or the message was lost. */
const TYPING_FADES = 6_000;

export const NOBODY: PresenceCounts = {
  total: 0,
  byRole: { STUDENT: 0, PREFECT: 0, AUROR: 0, ADMIN: 0 },
  stale: false,
};

/** Who is there: a state that the server tells and nobody replays. So it is asked for once, and then listened to. */
export class PresenceBoard {
  counts: PresenceCounts = NOBODY;
  readonly #api: Api;
  readonly #clock: Clock;
  readonly #updates: Updates;
  #online: ReadonlyMap<string, Person> = new Map();
  readonly #viewers = new Map<number, ReadonlyMap<string, Person>>();
  readonly #typists = new Map<number, ReadonlyMap<string, Typist>>();
  readonly #fading = new Map<string, () => void>();
  /** What was told while an answer was under way: it may be newer. */
  #toldMeanwhile: Message[] = [];
  #asking = 0;

  constructor(api: Api, clock: Clock, updates: Updates) {
    this.#api = api;
    this.#clock = clock;
    this.#updates = updates;
  }

  get online(): ReadonlyMap<string, Person> {
    return this.#online;
  }

  viewersOf(incidentId: number): ReadonlyMap<string, Person> {
    return this.#viewers.get(incidentId) ?? new Map();
  }

  typistsOf(incidentId: number): ReadonlyMap<string, Typist> {
    return this.#typists.get(incidentId) ?? new Map();
  }

  forgetEverything(): void {
    this.counts = NOBODY;
    this.#online = new Map();
    this.#viewers.clear();
    this.#typists.clear();
    this.#touch();
  }

  /** Asks who is online, and who looks at the incident that is entered. */
  async ask(entered: number | undefined, signal: AbortSignal): Promise<void> {
    this.#asking++;
    try {
      const [online, viewers] = await Promise.all([
        this.#api.call("GET /api/presence/online", { signal }),
        entered === undefined
          ? undefined
          : this.#api.call("GET /api/presence/incident/{id}", { path: { id: entered }, signal }),
      ]);
      if (signal.aborted) {
        return;
      }
      const { users, count, byRole } = online.body;
      this.#online = byId(users as readonly Person[]);
      this.counts = { total: count, byRole: { ...NOBODY.byRole, ...byRole }, stale: false };
      this.#viewers.clear();
      if (entered !== undefined && viewers !== undefined) {
        this.#viewers.set(entered, byId(viewers.body.users as readonly Person[]));
      }
      for (const message of this.#toldMeanwhile) {
        this.#apply(message);
      }
      this.#touch();
    } finally {
      this.#asking--;
      if (this.#asking === 0) {
        this.#toldMeanwhile = [];
      }
    }
  }

  /** Says whether it has to be asked for again: so much went on that nobody was told of it. */
  hear(message: Message): boolean {
    if (message.name === "connection:acknowledged") {
      // What was told before is not of this connection, and its end may not have been heard.
      this.#toldMeanwhile = [];
    }
    if (this.#asking > 0) {
      this.#toldMeanwhile.push(message);
    }
    const wasStale = this.counts.stale;
    this.#apply(message);
    return wasStale && !this.counts.stale;
  }

  #apply(message: Message): void {
    switch (message.name) {
      case "presence:counts": {
        const { total, byRole, stale } = message.payload;
        this.counts = { total, byRole: { ...NOBODY.byRole, ...byRole } as Record<Role, number>, stale };
        break;
      }
      case "presence:join":
        this.#change(message.payload.room, (people) =>
          people.set(message.payload.userId, message.payload.user),
        );
        break;
      case "presence:leave":
        this.#change(message.payload.room, (people) => people.delete(message.payload.userId));
        break;
      case "presence:typing": {
        const { userId, userName, incidentId, isTyping } = message.payload;
        this.#setTyping(Number(incidentId), { userId, name: userName }, isTyping);
        break;
      }
      case "comment:created":
        // He has typed it.
        this.#setTyping(Number(message.payload.incidentId), typistOf(message.payload.author), false);
        return;
      default:
        return;
    }
    this.#touch();
  }

  #change(room: string | undefined, change: (people: Map<string, Person>) => void): void {
    const incidentId = /^incident:(\d+)$/.exec(room ?? "")?.[1];
    if (room === undefined) {
      const people = new Map(this.#online);
      change(people);
      this.#online = people;
    } else if (incidentId !== undefined) {
      const people = new Map(this.viewersOf(Number(incidentId)));
      change(people);
      this.#viewers.set(Number(incidentId), people);
    }
  }

  #setTyping(incidentId: number, typist: Typist, isTyping: boolean): void {
    const key = `${incidentId} ${typist.userId}`;
    this.#fading.get(key)?.();
    this.#fading.delete(key);
    const before = this.typistsOf(incidentId);
    if (isTyping) {
      this.#fading.set(
        key,
        this.#clock.after(TYPING_FADES, () => this.#setTyping(incidentId, typist, false)),
      );
    }
    if (before.has(typist.userId) !== isTyping) {
      const typists = new Map(before);
      if (isTyping) {
        typists.set(typist.userId, typist);
      } else {
        typists.delete(typist.userId);
      }
      this.#typists.set(incidentId, typists);
      this.#touch();
    }
  }

  #touch(): void {
    this.#updates.touch("presence");
  }
}

function byId(people: readonly Person[]): ReadonlyMap<string, Person> {
  return new Map(people.map((person) => [person.id, person]));
}

function typistOf(person: Person): Typist {
  return { userId: person.id, name: person.name };
}
