// @vitest-environment node
import { beforeEach, describe, expect, it } from "vitest";
import { type Api, createApi } from "../../api/api.ts";
import { ME } from "../testing/fakeServer.ts";
import { settle, VirtualClock } from "../testing/virtualClock.ts";
import type { Claim } from "./claim.ts";
import { SharedSession } from "./sharedSession.ts";
import type { SessionStorage, StoredSession } from "./storedSession.ts";

const MINUTE = 60_000;
const LIFE = 15 * MINUTE;

/** A storage as browsers have it: what one tab writes the others see a moment later. */
class TabStorage implements SessionStorage {
  static readonly SEEN_AFTER = 40;
  readonly #clock: VirtualClock;
  readonly #tabs: TabStorage[];
  readonly #listeners = new Set<() => void>();
  #seen: StoredSession | undefined;

  constructor(clock: VirtualClock, tabs: TabStorage[]) {
    this.#clock = clock;
    this.#tabs = tabs;
    tabs.push(this);
  }

  read(): StoredSession | undefined {
    return this.#seen;
  }

  write(session: StoredSession | undefined): void {
    this.#seen = session;
    for (const tab of this.#tabs.filter((each) => each !== this)) {
      this.#clock.after(TabStorage.SEEN_AFTER, () => {
        tab.#seen = session;
        for (const listener of [...tab.#listeners]) {
          listener();
        }
      });
    }
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** What the server knows of one session: a refresh token that is spent twice ends it. */
class TokenServer {
  readonly #clock: VirtualClock;
  readonly spent: string[] = [];
  isReachable = true;
  isEnded = false;
  #count = 0;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  readonly fetch: typeof fetch = async (input) => {
    const request = input as Request;
    const { pathname } = new URL(request.url);
    const body = JSON.parse((await request.text()) || "{}");
    await new Promise<void>((resolve) => this.#clock.after(20, resolve));
    if (!this.isReachable) {
      throw new TypeError("network");
    }
    switch (pathname) {
      case "/api/auth/login":
        return this.#signedIn();
      case "/api/auth/refresh":
        this.isEnded ||= this.spent.includes(body.refreshToken);
        this.spent.push(body.refreshToken);
        return this.isEnded ? this.#refusal() : this.#signedIn();
      case "/api/auth/logout":
        this.isEnded = true;
        return new Response(null, { status: 204 });
      default:
        return request.headers.get("Authorization") === `Bearer ${this.accessToken()}`
          ? new Response("{}", { headers: { "Content-Type": "application/json" } })
          : this.#refusal();
    }
  };

  accessToken(): string {
    return `head.${btoa(JSON.stringify({ iat: 0, exp: LIFE / 1000, count: this.#count }))}.signature`;
  }

  #signedIn(): Response {
    this.#count++;
    const user = { ...ME, house: null, createdAt: "2024-01-15T14:30:00.000Z" };
    return Response.json({ user, accessToken: this.accessToken(), refreshToken: `refresh-${this.#count}` });
  }

  #refusal(): Response {
    const headers = { "Content-Type": "application/problem+json" };
    return new Response(JSON.stringify({ code: "UNAUTHENTICATED" }), { status: 401, headers });
  }
}

describe("a session that tabs share", () => {
  let clock: VirtualClock;
  let server: TokenServer;
  let tabs: TabStorage[];
  let claimed: Set<string>;

  const claim: Claim = async (name) => {
    if (claimed.has(name)) {
      return undefined;
    }
    claimed.add(name);
    return () => claimed.delete(name);
  };

  function openTab(): { readonly session: SharedSession; readonly api: Api } {
    const storage = new TabStorage(clock, tabs);
    const known = tabs.find((tab) => tab !== storage)?.read();
    if (known !== undefined) {
      storage.write(known);
    }
    const apiWith = (tokens: Parameters<typeof createApi>[0]) =>
      createApi(tokens, server.fetch, "http://localhost");
    const session = new SharedSession(storage, claim, clock, apiWith);
    return { session, api: apiWith(session) };
  }

  async function within<T>(duration: number, promise: Promise<T>): Promise<T> {
    await clock.pass(duration);
    return promise;
  }

  beforeEach(() => {
    clock = new VirtualClock();
    server = new TokenServer(clock);
    tabs = [];
    claimed = new Set();
  });

  it("is renewed before it runs out, once for all tabs", async () => {
    const first = openTab();
    await within(MINUTE, first.session.signIn("harry.potter@hogwarts.edu", "mischief-managed"));
    const others = [openTab(), openTab()];
    const before = first.session.accessToken.get();

    await clock.pass(60 * MINUTE);

    expect(server.isEnded).toBe(false);
    expect(server.spent.length).toBeGreaterThanOrEqual(4);
    expect(new Set(server.spent).size).toBe(server.spent.length);
    expect(first.session.accessToken.get()).not.toBe(before);
    for (const { session } of others) {
      expect(session.accessToken.get()).toBe(first.session.accessToken.get());
    }
  });

  it("is spent once when a page full of requests finds it run out after a sleep", async () => {
    const { session, api } = openTab();
    await within(MINUTE, session.signIn("harry.potter@hogwarts.edu", "mischief-managed"));
    const other = openTab();
    await clock.pass(1_000);

    await clock.sleep(8 * 60 * MINUTE);
    const calls = [api, api, other.api, other.api].map((each) => each.call("GET /api/auth/me", {}));

    await within(MINUTE, Promise.all(calls));
    expect(server.spent).toEqual(["refresh-1"]);
  });

  it("is spent once though a tab has not seen yet what another one has just got", async () => {
    const { session } = openTab();
    await within(MINUTE, session.signIn("harry.potter@hogwarts.edu", "mischief-managed"));
    const other = openTab();
    await clock.pass(1_000);

    const outdated = session.accessToken.get() ?? "";
    const first = session.replace(outdated);
    await clock.pass(TabStorage.SEEN_AFTER - 10);
    const second = other.session.replace(outdated);

    const tokens = await within(MINUTE, Promise.all([first, second]));
    expect(server.spent).toEqual(["refresh-1"]);
    expect(tokens).toEqual([server.accessToken(), server.accessToken()]);
  });

  it("waits for the server, and does not end, while that cannot be reached", async () => {
    const { session } = openTab();
    await within(MINUTE, session.signIn("harry.potter@hogwarts.edu", "mischief-managed"));
    const before = session.accessToken.get();

    server.isReachable = false;
    await clock.pass(30 * MINUTE);
    expect(session.user.get()?.id).toBe(ME.id);

    server.isReachable = true;
    await clock.pass(MINUTE);
    expect(session.accessToken.get()).not.toBe(before);
  });

  it("ends when the server says so", async () => {
    const { session } = openTab();
    await within(MINUTE, session.signIn("harry.potter@hogwarts.edu", "mischief-managed"));

    server.isEnded = true;
    await clock.pass(LIFE);

    expect(session.user.get()).toBeUndefined();
  });

  it("ends in all tabs when somebody signs out in one", async () => {
    const { session } = openTab();
    await within(MINUTE, session.signIn("harry.potter@hogwarts.edu", "mischief-managed"));
    const other = openTab();
    expect(other.session.user.get()?.id).toBe(ME.id);

    await within(MINUTE, session.signOut());
    await settle();

    expect(other.session.user.get()).toBeUndefined();
    expect(server.isEnded).toBe(true);
  });
});
