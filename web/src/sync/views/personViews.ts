import type { Api } from "../../api/api.ts";
import type { Live } from "../../live/live.ts";
import type { Clock } from "../clock.ts";
import type { Person, User } from "../model.ts";
import type { Store } from "../store/store.ts";
import type { Updates } from "../store/updates.ts";
import { View } from "../store/view.ts";
import type { People } from "../sync.ts";

const PAGE = 200;
/** Those who are asked for together are looked up together. */
const GATHER = 50;
/** Who is not among all users is not looked up again so soon. */
const AGAIN_AFTER = 30_000;

/** What people are called. Most are known from what they do; the others are looked up when somebody wants to see them. */
export class PersonViews implements People {
  readonly #store: Store;
  readonly #updates: Updates;
  readonly #api: Api;
  readonly #clock: Clock;
  readonly #ones = new Map<string, Live<Person | undefined>>();
  readonly #wanted = new Set<string>();
  #lookedUpAt = Number.NEGATIVE_INFINITY;
  #isLookingUp = false;

  constructor(store: Store, updates: Updates, api: Api, clock: Clock) {
    this.#store = store;
    this.#updates = updates;
    this.#api = api;
    this.#clock = clock;
  }

  one(userId: string): Live<Person | undefined> {
    const known = this.#ones.get(userId);
    if (known !== undefined) {
      return known;
    }
    const view = new View(this.#updates, ["people"], () => this.#store.person(userId));
    const one: Live<Person | undefined> = {
      get: () => view.get(),
      subscribe: (listener) => {
        this.#want(userId);
        return view.subscribe(listener);
      },
    };
    this.#ones.set(userId, one);
    return one;
  }

  async search(text: string): Promise<User[]> {
    const { body } = await this.#api.call("GET /api/users", { query: { q: text, limit: 10 } });
    return [...body.users];
  }

  #want(userId: string): void {
    if (this.#store.person(userId) !== undefined || userId === "") {
      return;
    }
    this.#wanted.add(userId);
    if (!this.#isLookingUp) {
      this.#isLookingUp = true;
      const soon = Math.max(GATHER, this.#lookedUpAt + AGAIN_AFTER - this.#clock.now());
      this.#clock.after(soon, () => void this.#lookUp());
    }
  }

  async #lookUp(): Promise<void> {
    let cursor: string | null = null;
    try {
      do {
        const query: { limit: number; cursor?: string } = { limit: PAGE, ...(cursor !== null && { cursor }) };
        const { body } = await this.#api.call("GET /api/users", { query });
        for (const user of body.users) {
          this.#store.meet({ ...user, userId: user.id });
          this.#wanted.delete(user.id);
        }
        cursor = body.nextCursor;
      } while (cursor !== null && this.#wanted.size > 0);
    } catch {
      // Whoever is still wanted is looked up with the next one.
    }
    this.#wanted.clear();
    this.#lookedUpAt = this.#clock.now();
    this.#isLookingUp = false;
  }
}
