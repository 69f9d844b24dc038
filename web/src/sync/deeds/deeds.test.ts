// @vitest-environment node
import { beforeEach, describe, expect, it } from "vitest";
import type { Conflict, Deed, IncidentRow, NewsItem, Sync } from "../index.ts";
import { FakeServer, ME } from "../testing/fakeServer.ts";
import { openPage } from "../testing/openPage.ts";
import { Random } from "../testing/random.ts";
import { personOf } from "../testing/truth.ts";
import { VirtualClock } from "../testing/virtualClock.ts";

const HERMIONE = personOf("hermione.granger");
/** Long enough for answers and messages. */
const SOON = 3_000;

describe("one's own deeds", () => {
  let clock: VirtualClock;
  let server: FakeServer;
  let sync: Sync;
  let news: NewsItem[];

  const rows = () => sync.incidents.list({}).get();
  const row = (id: number): IncidentRow => {
    const found = sync.incidents.one(id).get();
    if (found === undefined) {
      throw new Error(`there is no incident ${id}`);
    }
    return found;
  };
  const comments = (id: number) => sync.threads.of(id).get().comments;
  const onlyDeed = (): Deed => {
    const [deed, ...others] = sync.deeds.open.get();
    expect(others).toEqual([]);
    if (deed === undefined) {
      throw new Error("there is no deed");
    }
    return deed;
  };
  const conflictOf = ({ state }: Deed): Conflict => {
    if (state.kind !== "failed" || state.conflict === undefined) {
      throw new Error("there is no conflict");
    }
    return state.conflict;
  };

  beforeEach(async () => {
    clock = new VirtualClock();
    server = new FakeServer(clock, new Random(7));
    server.isOrderKept = true;
    server.report(HERMIONE, { title: "Troll in the dungeon", description: "It smells." });
    sync = openPage(server);
    news = [];
    sync.news.subscribe((item) => news.push(item));
    await clock.pass(10_000);
    expect(sync.connection.get().kind).toBe("live");
  });

  it("show at once, and become the server's in the same row", async () => {
    sync.deeds.begin({
      kind: "report",
      report: { title: "Fireworks", description: "", severity: "SERIOUS" },
    });

    const [draft] = rows();
    expect(draft?.incident).toMatchObject({ title: "Fireworks", severity: "SERIOUS", reported_by: ME.id });
    expect(draft?.saved).toBeUndefined();
    expect(draft?.deeds[0]?.state.kind).toBe("pending");

    await clock.pass(SOON);
    const [saved, ...others] = rows();
    expect(saved).toMatchObject({
      key: draft?.key,
      deeds: [],
      incident: { id: 2, title: "Fireworks", version: 1 },
    });
    expect(others).toHaveLength(1);
  });

  it("are one row with their event also when it comes before the answer", async () => {
    server.answersTake = 10_000;
    const { deed } = sync.deeds.begin({ kind: "report", report: { title: "Fireworks", description: "" } });

    await clock.pass(SOON);

    expect(rows().map(({ key }) => key)).toEqual([deed.id, "1"]);
    expect(rows()[0]?.saved?.id).toBe(2);
    expect(rows()[0]?.deeds[0]?.state.kind).toBe("pending");
    await clock.pass(10_000);
    expect(rows().map(({ key, deeds }) => [key, deeds.length])).toEqual([
      [deed.id, 0],
      ["1", 0],
    ]);
  });

  it("say what came of them", async () => {
    const { outcome } = sync.deeds.begin({ kind: "report", report: { title: "Fireworks", description: "" } });
    await clock.pass(SOON);
    expect(await outcome).toEqual({ kind: "done", incidentId: 2 });
  });

  it("are taken back when they are refused, with the reason, and can be tried again", async () => {
    server.refusal = { status: 403, code: "FORBIDDEN" };
    sync.deeds.begin({ kind: "start", incidentId: 1 });
    expect(row(1).incident.status).toBe("IN_PROGRESS");

    await clock.pass(SOON);
    expect(row(1).incident.status).toBe("OPEN");
    const failed = onlyDeed();
    expect(failed.state).toMatchObject({ kind: "failed", problem: { code: "FORBIDDEN" } });
    expect(row(1).deeds).toEqual([failed]);

    server.refusal = undefined;
    sync.deeds.retry(failed.id);
    expect(row(1).incident.status).toBe("IN_PROGRESS");
    await clock.pass(SOON);
    expect(row(1)).toMatchObject({ deeds: [], incident: { status: "IN_PROGRESS", version: 2 } });
  });

  it("wait for the connection, and are done once when it is back", async () => {
    server.faults.lost = 0.7;
    sync.deeds.begin({ kind: "comment", incidentId: 1, content: "On my way." });
    sync.deeds.begin({ kind: "report", report: { title: "Fireworks", description: "" } });
    await clock.pass(60_000);
    server.faults.lost = 0;
    await clock.pass(60_000);

    expect(sync.deeds.open.get()).toEqual([]);
    expect(server.truth.threadOf(1).map(({ content }) => content)).toEqual(["On my way."]);
    expect([...server.truth.incidents.values()].map(({ title }) => title)).toEqual([
      "Troll in the dungeon",
      "Fireworks",
    ]);
  });

  it("show a comment at once, and once when it is there", async () => {
    sync.enterIncident(1);
    await clock.pass(SOON);
    const { deed } = sync.deeds.begin({ kind: "comment", incidentId: 1, content: "On my way." });
    expect(comments(1).map(({ key, comment }) => [key, comment.content])).toEqual([[deed.id, "On my way."]]);

    await clock.pass(SOON);
    expect(comments(1)).toMatchObject([
      { key: deed.id, deeds: [], comment: { id: 1, content: "On my way." } },
    ]);
  });

  it("can be undone while they are held, and then nothing was sent", async () => {
    server.notify();
    await clock.pass(SOON);
    const [notification] = sync.notifications.get().items;
    const doing = sync.deeds.begin({ kind: "dismiss", notificationId: notification?.id ?? "" }, 5_000);
    expect(sync.notifications.get()).toMatchObject({ items: [], unread: 0 });

    await clock.pass(4_000);
    expect(doing.undo()).toBe(true);
    await clock.pass(10_000);

    expect(sync.notifications.get().unread).toBe(1);
    expect(server.truth.notifications.size).toBe(1);
    expect(await doing.outcome).toEqual({ kind: "undone" });
    expect(doing.undo()).toBe(false);
  });

  describe("on what somebody else has saved first", () => {
    /** Hermione's deed is done, and not heard of yet. */
    const edit = (changes: Parameters<FakeServer["edit"]>[2], mine: object) => {
      const basedOn = row(1).incident;
      server.edit(HERMIONE, 1, changes);
      sync.deeds.begin({ kind: "edit", incidentId: 1, changes: mine, basedOn });
    };

    it("give a conflict, field by field, which ends with a choice", async () => {
      edit(
        { title: "Troll in the bathroom", severity: "CRITICAL" },
        { title: "Two trolls", description: "It smells!" },
      );
      await clock.pass(SOON);

      const deed = onlyDeed();
      const conflict = conflictOf(deed);
      expect(conflict.fields).toEqual([
        {
          field: "title",
          before: "Troll in the dungeon",
          mine: "Two trolls",
          theirs: "Troll in the bathroom",
        },
      ]);
      expect(conflict.theirs).toMatchObject({ severity: "CRITICAL", version: 2 });
      expect(row(1).incident.title).toBe("Troll in the bathroom");

      const chosen = { title: "Two trolls in the bathroom", description: "It smells!" };
      sync.deeds.settle(deed.id, conflict, chosen);
      await clock.pass(SOON);
      expect(row(1)).toMatchObject({ deeds: [], incident: { ...chosen, severity: "CRITICAL", version: 3 } });
    });

    it("go together where they are about different things", async () => {
      edit({ severity: "CRITICAL" }, { title: "Two trolls" });
      await clock.pass(SOON);
      expect(row(1)).toMatchObject({
        deeds: [],
        incident: { title: "Two trolls", severity: "CRITICAL", version: 3 },
      });
    });

    it("are done where both want the same", async () => {
      edit({ title: "Two trolls" }, { title: "Two trolls" });
      await clock.pass(SOON);
      expect(row(1)).toMatchObject({ deeds: [], incident: { title: "Two trolls", version: 2 } });
    });
  });

  it("do not conflict with one another", async () => {
    const basedOn = row(1).incident;
    sync.deeds.begin({ kind: "edit", incidentId: 1, changes: { title: "Two trolls" }, basedOn });
    sync.deeds.begin({ kind: "edit", incidentId: 1, changes: { title: "Three trolls" }, basedOn });
    await clock.pass(SOON);
    expect(row(1)).toMatchObject({ deeds: [], incident: { title: "Three trolls", version: 3 } });
  });

  it("are told from others' in the news, each of which comes once", async () => {
    sync.deeds.begin({ kind: "report", report: { title: "Mine", description: "" } });
    server.report(HERMIONE, { title: "Hers" });
    // Everything is told again after this, since the position was not promised yet.
    await clock.pass(1_000);
    server.cutSockets();
    server.sessions.clear();
    await clock.pass(30_000);

    const reported = news.flatMap((item) => (item.kind === "reported" ? [item] : []));
    expect(reported.map(({ incident, own, live }) => [incident.title, own, live])).toEqual([
      ["Hers", false, true],
      ["Mine", true, true],
    ]);
  });
});
