// @vitest-environment node
import { describe, expect, it } from "vitest";
import type { Sync } from "./index.ts";
import { SEVERITIES, type Severity } from "./model.ts";
import { FakeServer } from "./testing/fakeServer.ts";
import { openPage } from "./testing/openPage.ts";
import { Random } from "./testing/random.ts";
import { personOf } from "./testing/truth.ts";
import { VirtualClock } from "./testing/virtualClock.ts";

/**
 * Whatever the network does, the page ends with what the server has. SEEDS says how many stories are played (default 200),
 * SEED plays one of them.
 */
const SEEDS = Number(process.env.SEEDS ?? 200);
const ONLY = process.env.SEED;

const OTHERS = ["hermione.granger", "ron.weasley", "draco.malfoy", "luna.lovegood"].map((name) =>
  personOf(name),
);
/** More than any back-off, and than two rounds of whatever is asked for now and then. */
const QUIET = 240_000;

/** A page, its server and what happens to them. */
class Story {
  readonly random: Random;
  readonly clock = new VirtualClock();
  readonly server: FakeServer;
  readonly sync: Sync;
  #leave: () => void = () => undefined;
  #entered: number | undefined;
  #titles = 0;

  constructor(seed: number) {
    this.random = new Random(seed);
    this.server = new FakeServer(this.clock, this.random);
    for (let count = this.random.below(20); count > 0; count--) {
      this.#reportByOther();
    }
    this.sync = openPage(this.server);
  }

  async play(): Promise<void> {
    this.server.faults = { lost: 0.05, twice: 0.1, unannounced: 0.02 };
    this.server.isOrderKept = this.random.chance(0.3);
    for (let steps = 30 + this.random.below(60); steps > 0; steps--) {
      this.#act();
      await this.#wait();
    }
  }

  async quieten(): Promise<void> {
    const { server } = this;
    server.areSocketsBlocked = this.random.chance(0.2);
    server.isRestBlocked = false;
    server.faults = { lost: 0, twice: 0, unannounced: 0 };
    await this.clock.pass(QUIET);
  }

  #act(): void {
    const { random, server } = this;
    const deed = random.below(24);
    const person = random.pick(OTHERS);
    const known = [...server.truth.incidents.keys()];
    const looked = known.filter((id) => id === this.#entered);
    const incident = random.pick(looked.length > 0 && random.chance(0.5) ? looked : [...known, 999]);
    const isThere = server.truth.incidents.has(incident);
    const comments = [...server.truth.comments.keys()];
    const notifications = [...server.truth.notifications.keys()];
    switch (deed) {
      case 0:
      case 1:
        this.#reportByOther();
        break;
      case 2:
      case 3:
        if (isThere) {
          server.edit(person, incident, { title: this.#newTitle(), severity: this.#severity() });
        }
        break;
      case 4:
        if (server.truth.incidents.get(incident)?.status === "OPEN") {
          server.resolve(person, incident, "done");
        }
        break;
      case 5:
      case 6:
        if (isThere) {
          server.comment(person, incident, this.#newTitle());
        }
        break;
      case 7:
        if (comments.length > 0) {
          server.deleteComment(person, random.pick(comments));
        }
        break;
      case 8:
        server.notify();
        break;
      case 9:
        server.markRead(...notifications.filter(() => random.chance(0.5)));
        break;
      case 10:
        server.dismiss(...notifications.filter(() => random.chance(0.3)));
        break;
      case 11:
        random.chance(0.5) ? server.come(person) : server.go(person);
        break;
      case 12:
        if (isThere) {
          random.chance(0.5) ? server.come(person, incident) : server.go(person, incident);
        }
        break;
      case 13:
      case 14:
        this.#leave();
        this.#entered = random.chance(0.9) ? incident : undefined;
        this.#leave = this.#entered === undefined ? () => undefined : this.sync.enterIncident(this.#entered);
        break;
      case 15:
      case 16:
        server.cutSockets();
        break;
      case 17:
        server.areSocketsBlocked = random.chance(0.4);
        server.isRestBlocked = random.chance(0.2);
        break;
      case 18:
        if (random.chance(0.15)) {
          server.restore();
        } else {
          server.goneUpTo = random.below(server.head + 1);
        }
        break;
      case 19:
        this.sync.retryNow();
        break;
      default:
        this.#doMyself(incident, comments, notifications);
    }
  }

  /** What is failed is discarded by who did it, what is not there is not touched. */
  #doMyself(incident: number, comments: readonly number[], notifications: readonly string[]): void {
    const { random, sync } = this;
    const shown = sync.incidents.one(incident).get();
    switch (random.below(7)) {
      case 0:
        sync.deeds.begin({
          kind: "report",
          report: { title: this.#newTitle(), description: "", severity: "SERIOUS" },
        });
        break;
      case 1:
        if (shown?.saved !== undefined) {
          const changes = { title: this.#newTitle() };
          sync.deeds.begin({ kind: "edit", incidentId: incident, changes, basedOn: shown.saved });
        }
        break;
      case 2:
        sync.deeds.begin({
          kind: "comment",
          incidentId: this.#entered ?? incident,
          content: this.#newTitle(),
        });
        break;
      case 3:
        if (comments.length > 0) {
          const commentId = random.pick(comments);
          const incidentId = this.server.truth.comments.get(commentId)?.incidentId ?? 0;
          sync.deeds.begin({ kind: "delete-comment", incidentId, commentId });
        }
        break;
      case 4:
        if (notifications.length > 0) {
          sync.deeds.begin({ kind: "mark-read", notificationId: random.pick(notifications) });
        }
        break;
      case 5:
        sync.deeds.begin(
          random.chance(0.3)
            ? { kind: "mark-all-read" }
            : { kind: "resolve", incidentId: incident, resolution: "mine" },
        );
        break;
      case 6:
        if (notifications.length > 0) {
          sync.deeds.begin(
            { kind: "dismiss", notificationId: random.pick(notifications) },
            random.below(3_000),
          );
        }
        break;
    }
  }

  async #wait(): Promise<void> {
    const kind = this.random.next();
    if (kind < 0.03) {
      await this.clock.sleep(this.random.below(300_000));
    } else {
      await this.clock.pass(kind < 0.9 ? this.random.below(900) : this.random.below(20_000));
    }
  }

  #reportByOther(): void {
    this.server.report(this.random.pick(OTHERS), { title: this.#newTitle(), severity: this.#severity() });
  }

  #severity(): Severity {
    return this.random.pick(SEVERITIES);
  }

  #newTitle(): string {
    return `Troll ${this.#titles++}`;
  }

  /** What the page shows. */
  shown() {
    const { sync } = this;
    for (const deed of sync.deeds.open.get()) {
      expect(deed.state.kind).toBe("failed");
      sync.deeds.discard(deed.id);
    }
    const rows = sync.incidents.list({}).get();
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
    const thread = this.#entered === undefined ? undefined : sync.threads.of(this.#entered).get();
    const isLookedAt = this.#entered !== undefined && this.server.truth.incidents.has(this.#entered);
    return {
      connection: sync.connection.get().kind,
      incidents: rows.map(({ incident }) => incident),
      thread: thread?.state === "missing" ? [] : thread?.comments.map(({ comment }) => comment),
      notifications: sync.notifications.get().items,
      unread: sync.notifications.get().unread,
      online: idsOf(sync.presence.online.get()),
      viewers: isLookedAt ? idsOf(sync.presence.viewersOf(this.#entered ?? 0).get()) : [],
    };
  }

  /** What a fresh snapshot would show. */
  truth() {
    const { truth, online, viewers } = this.server;
    const isLookedAt = this.#entered !== undefined && truth.incidents.has(this.#entered);
    const notifications = [...truth.notifications.values()].sort((one, other) =>
      one.id < other.id ? 1 : -1,
    );
    return {
      connection: "live",
      incidents: [...truth.incidents.values()].sort((one, other) => other.id - one.id),
      thread: this.#entered === undefined ? undefined : truth.threadOf(this.#entered),
      notifications,
      unread: notifications.filter(({ isRead }) => !isRead).length,
      online: [...online.keys()].sort(),
      viewers: isLookedAt ? [...(viewers.get(this.#entered ?? 0)?.keys() ?? [])].sort() : [],
    };
  }
}

function idsOf(people: readonly { readonly id: string }[]): readonly string[] {
  return people.map(({ id }) => id).sort();
}

describe("what the page shows, when all is quiet again", () => {
  const seeds = ONLY === undefined ? Array.from({ length: SEEDS }, (_, index) => index + 1) : [Number(ONLY)];

  it("is what the server has, whatever the network did", { timeout: 10_000 + SEEDS * 1_000 }, async () => {
    for (const seed of seeds) {
      const story = new Story(seed);
      await story.play();
      await story.quieten();
      expect(story.shown(), `play it again with SEED=${seed}`).toEqual(story.truth());
    }
  });
});
