// @vitest-environment node
import { describe, expect, it } from "vitest";
import { FakeServer, ME } from "../testing/fakeServer.ts";
import { openPage } from "../testing/openPage.ts";
import { Random } from "../testing/random.ts";
import { personOf } from "../testing/truth.ts";
import { VirtualClock } from "../testing/virtualClock.ts";

const HERMIONE = personOf("hermione.granger");

async function pageWith(prepare: (server: FakeServer) => void) {
  const clock = new VirtualClock();
  const server = new FakeServer(clock, new Random(3));
  prepare(server);
  const sync = openPage(server);
  await clock.pass(15_000);
  return { clock, server, sync };
}

const threeIncidents = (server: FakeServer) => {
  server.report(HERMIONE, { title: "Troll in the dungeon", severity: "CRITICAL" });
  server.report(HERMIONE, { title: "Fireworks", description: "In the corridor", location: "HOGSMEADE" });
  server.report(ME, { title: "Flooded corridor", severity: "UNFORGIVABLE" });
  server.resolve(HERMIONE, 1, "done");
};

describe("lists of incidents", () => {
  it.each([
    [{}, [3, 2, 1]],
    [{ status: ["OPEN"] as const }, [3, 2]],
    [{ status: [] }, [3, 2, 1]],
    [{ severity: ["CRITICAL", "MISCHIEF"] as const }, [2, 1]],
    [{ location: ["HOGSMEADE"] as const }, [2]],
    [{ reporter: ME.id }, [3]],
    [{ assignee: ME.id }, []],
    [{ urgent: true }, [3, 1]],
    [{ urgent: false }, [2]],
    [{ text: "corridor" }, [3, 2]],
    [{ text: "CORRIDOR flooded" }, [3]],
    [{ text: "#2" }, [2]],
    [{ urgent: true, status: ["OPEN"] as const }, [3]],
  ])("show what a filter lets through: %j", async (filter, ids) => {
    const { sync } = await pageWith(threeIncidents);
    expect(
      sync.incidents
        .list(filter)
        .get()
        .map(({ incident }) => incident.id),
    ).toEqual(ids);
  });

  it("are counted", async () => {
    const { sync } = await pageWith(threeIncidents);
    expect(sync.incidents.counts.get()).toEqual({
      total: 3,
      urgent: 1,
      mine: 1,
      byStatus: { OPEN: 2, IN_PROGRESS: 0, RESOLVED: 1, ARCHIVED: 0 },
    });
    expect(sync.incidents.isComplete.get()).toBe(true);
  });

  it("keep rows that have not changed, and themselves where none has, so that nothing is drawn again", async () => {
    const { sync, server, clock } = await pageWith(threeIncidents);
    const all = sync.incidents.list({});
    const open = sync.incidents.list({ status: ["OPEN"] });
    const [before, openBefore] = [all.get(), open.get()];
    const untouched = sync.incidents.one(2).get();

    server.edit(HERMIONE, 1, { title: "Two trolls" });
    await clock.pass(2_000);

    expect(all.get()).not.toBe(before);
    expect(all.get().slice(0, 2)).toEqual(before.slice(0, 2));
    expect(all.get()[1]).toBe(before[1]);
    expect(open.get()).toBe(openBefore);
    expect(sync.incidents.one(2).get()).toBe(untouched);
    expect(sync.incidents.list({})).toBe(all);
  });

  it("tell of much at once, once a frame", async () => {
    const { sync, server, clock } = await pageWith(threeIncidents);
    let told = 0;
    sync.incidents.list({}).subscribe(() => told++);
    for (let count = 0; count < 100; count++) {
      server.edit(HERMIONE, 2, { title: `Fireworks ${count}` });
    }
    await clock.pass(2_000);

    expect(sync.incidents.one(2).get()?.incident.title).toBe("Fireworks 99");
    expect(told).toBeGreaterThan(0);
    expect(told).toBeLessThan(400 / 16 + 2);
  });
});

describe("people", () => {
  it("are known by what they do, and looked up where they have done nothing", async () => {
    const { sync, clock } = await pageWith(threeIncidents);
    const luna = sync.people.one("user-luna.lovegood");
    expect(luna.get()).toBeUndefined();
    luna.subscribe(() => undefined);
    await clock.pass(3_000);
    expect(luna.get()?.name).toBe("luna.lovegood");
  });
});

describe("a timeline", () => {
  it("is read when it is first watched, and again when something has happened", async () => {
    const { sync, server, clock } = await pageWith(threeIncidents);
    const timeline = sync.threads.timelineOf(1);
    expect(timeline.get().isLoaded).toBe(false);
    const stop = timeline.subscribe(() => undefined);
    await clock.pass(2_000);
    const types = () => timeline.get().events.map(({ event }) => event.eventType);
    expect(types()).toEqual(["incident.created", "incident.resolved"]);

    server.edit(HERMIONE, 1, { title: "Two trolls" });
    await clock.pass(3_000);
    expect(types()).toEqual(["incident.created", "incident.resolved", "incident.updated"]);
    stop();
  });
});
