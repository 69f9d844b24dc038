// @vitest-environment node
import { beforeEach, describe, expect, it } from "vitest";
import type { Connection, Sync } from "../index.ts";
import { FakeServer, ME } from "../testing/fakeServer.ts";
import { openPage } from "../testing/openPage.ts";
import { Random } from "../testing/random.ts";
import { personOf } from "../testing/truth.ts";
import { VirtualClock } from "../testing/virtualClock.ts";

const HERMIONE = personOf("hermione.granger");
const RON = personOf("ron.weasley", "STUDENT");
/** Long enough for whatever is asked and answered. */
const SOON = 10_000;

describe("the link to the server", () => {
  let clock: VirtualClock;
  let server: FakeServer;
  let sync: Sync;
  let states: Connection[];

  const titles = () =>
    sync.incidents
      .list({})
      .get()
      .map(({ incident }) => incident.title);
  const connection = () => sync.connection.get();
  const open = async () => {
    sync = openPage(server);
    states = [];
    sync.connection.subscribe(() => states.push(connection()));
    await clock.pass(SOON);
  };

  beforeEach(() => {
    clock = new VirtualClock();
    server = new FakeServer(clock, new Random(3));
    server.report(HERMIONE, { title: "Troll in the dungeon" });
  });

  it("is live by the socket, and shows at once what happens", async () => {
    await open();
    expect(connection()).toEqual({ kind: "live", via: "websocket" });

    server.report(HERMIONE, { title: "Fireworks" });
    await clock.pass(1_000);

    expect(titles()).toEqual(["Fireworks", "Troll in the dungeon"]);
  });

  it("is live by the log where sockets are blocked, and goes over to the socket when they are not", async () => {
    server.areSocketsBlocked = true;
    await open();
    expect(connection()).toEqual({ kind: "live", via: "log" });

    server.report(HERMIONE, { title: "Fireworks" });
    await clock.pass(7_000);
    expect(titles()).toEqual(["Fireworks", "Troll in the dungeon"]);

    server.areSocketsBlocked = false;
    await clock.pass(70_000);
    expect(connection()).toEqual({ kind: "live", via: "websocket" });
  });

  it("says since when it is offline and when it tries again, and tries at once if it is told to", async () => {
    await open();
    const lostAt = clock.now();
    server.areSocketsBlocked = true;
    server.isRestBlocked = true;
    server.cutSockets();
    await clock.pass(30_000);

    const offline = connection();
    expect(offline).toMatchObject({ kind: "offline" });
    expect(offline.kind === "offline" && offline.asOf).toBeLessThanOrEqual(lostAt);
    expect(offline.kind === "offline" && offline.asOf).toBeGreaterThan(lostAt - 12_000);
    server.areSocketsBlocked = false;
    server.isRestBlocked = false;
    states = [];
    sync.retryNow();
    expect(states).toEqual([{ kind: "offline", asOf: expect.any(Number), nextTryAt: undefined }]);
    await clock.pass(2_000);
    expect(connection().kind).toBe("live");
  });

  it("counts while it catches up", async () => {
    await open();
    server.areSocketsBlocked = true;
    server.isRestBlocked = true;
    server.cutSockets();
    for (let count = 0; count < 35; count++) {
      server.edit(HERMIONE, 1, { title: `Troll ${count}` });
    }
    await clock.pass(60_000);
    server.sessions.clear();
    server.areSocketsBlocked = false;
    server.isRestBlocked = false;
    states = [];
    await clock.pass(20_000);

    const counted = states.flatMap((state) =>
      state.kind === "catching-up" ? [[state.done, state.total]] : [],
    );
    expect(counted).toEqual([
      [10, 35],
      [20, 35],
      [30, 35],
    ]);
    expect(connection().kind).toBe("live");
    expect(titles()).toEqual(["Troll 34"]);
  });

  it("takes a fresh snapshot where the log does not go back far enough", async () => {
    await open();
    server.areSocketsBlocked = true;
    server.isRestBlocked = true;
    server.cutSockets();
    server.edit(HERMIONE, 1, { title: "Two trolls" });
    server.report(HERMIONE, { title: "Fireworks" });
    await clock.pass(5_000);
    server.goneUpTo = server.head;
    server.sessions.clear();
    server.areSocketsBlocked = false;
    server.isRestBlocked = false;
    await clock.pass(30_000);

    expect(connection().kind).toBe("live");
    expect(titles()).toEqual(["Fireworks", "Two trolls"]);
    expect(sync.log.get().position).toBe(server.head);
  });

  it("notices after a sleep that its connection is dead", async () => {
    await open();
    server.areSocketsDead = true;
    server.report(HERMIONE, { title: "Fireworks" });
    await clock.sleep(8 * 3_600_000);
    expect(titles()).toEqual(["Troll in the dungeon"]);

    await clock.pass(3_500);
    server.areSocketsDead = false;
    await clock.pass(3_000);

    expect(titles()).toEqual(["Fireworks", "Troll in the dungeon"]);
    expect(connection().kind).toBe("live");
  });

  it("knows who is there, who looks on and who types", async () => {
    server.come(HERMIONE);
    server.come(HERMIONE, 1);
    await open();
    sync.enterIncident(1);
    await clock.pass(2_000);
    const counts = { STUDENT: 0, PREFECT: 1, AUROR: 1, ADMIN: 0 };
    expect(sync.presence.counts.get()).toEqual({ total: 2, byRole: counts, stale: false });
    expect(sync.presence.viewersOf(1).get()).toEqual([HERMIONE]);

    server.come(RON);
    server.come(RON, 1);
    server.tellTyping(RON, 1, true);
    await clock.pass(1_000);
    expect(sync.presence.online.get().map(({ id }) => id)).toEqual([ME.id, HERMIONE.id, RON.id].sort());
    expect(sync.presence.viewersOf(1).get()).toEqual([HERMIONE, RON]);
    expect(sync.presence.typistsOf(1).get()).toEqual([{ userId: RON.id, name: RON.name }]);

    server.go(HERMIONE, 1);
    await clock.pass(1_000);
    expect(sync.presence.viewersOf(1).get()).toEqual([RON]);
  });

  it("lets typing fade that nobody has ended, and ends it with the comment", async () => {
    await open();
    sync.enterIncident(1);
    await clock.pass(2_000);
    server.tellTyping(RON, 1, true);
    server.tellTyping(HERMIONE, 1, true);
    await clock.pass(500);
    expect(sync.presence.typistsOf(1).get()).toHaveLength(2);

    server.comment(HERMIONE, 1, "On my way.");
    await clock.pass(1_500);
    expect(
      sync.presence
        .typistsOf(1)
        .get()
        .map(({ userId }) => userId),
    ).toEqual([RON.id]);
    await clock.pass(6_000);
    expect(sync.presence.typistsOf(1).get()).toEqual([]);
  });

  it("asks again who is there after so many came and went that nobody was told", async () => {
    await open();
    server.online.set(RON.id, RON);
    server.tellCounts(true);
    await clock.pass(1_000);
    expect(sync.presence.counts.get()).toMatchObject({ total: 2, stale: true });
    expect(sync.presence.online.get()).toHaveLength(1);

    server.tellCounts(false);
    await clock.pass(2_000);
    expect(sync.presence.online.get()).toHaveLength(2);
  });

  it("says that there is no such incident", async () => {
    await open();
    sync.enterIncident(99);
    await clock.pass(3_000);
    expect(sync.threads.of(99).get().state).toBe("missing");
  });

  it("reads the thread of the incident that was entered last, and hears of it", async () => {
    server.report(HERMIONE, { title: "Fireworks" });
    server.comment(RON, 2, "Boom.");
    await open();
    sync.enterIncident(1)();
    sync.enterIncident(2);
    await clock.pass(3_000);
    server.comment(HERMIONE, 2, "Ron!");
    await clock.pass(1_000);

    const { state, comments } = sync.threads.of(2).get();
    expect(state).toBe("loaded");
    expect(comments.map(({ comment }) => comment.content)).toEqual(["Boom.", "Ron!"]);
  });

  it("enters a room before it reads the thread, so that nothing falls in between", async () => {
    await open();
    server.requestsTake = 5_000;
    sync.enterIncident(1);
    await clock.pass(SOON);

    const joined = server.asked.indexOf("room:join 1");
    expect(joined).toBeGreaterThanOrEqual(0);
    expect(server.asked.indexOf("GET /api/incidents/1/comments")).toBeGreaterThan(joined);
  });
});
