import { beforeEach, describe, expect, it, vi } from "vitest";
import { Cell } from "../live/live.ts";
import { type Api, ApiProblem, type IncidentRow, type Sync } from "../sync/index.ts";
import type { Moment, PastMoment } from "./moment.ts";
import { randomLog, withoutTimes } from "./randomLog.ts";
import { TimeMachine } from "./timeMachine.ts";

const LENGTH = 2_500;
const { events, states } = randomLog(7, LENGTH);

beforeEach(() => {
  vi.useFakeTimers();
});

describe("the time machine", () => {
  it("should read no more of the log than it needs", async () => {
    const { machine, asked } = start();
    machine.depart();
    expect(withoutTimes(past(machine).incidents)).toEqual(withoutTimes(states[LENGTH]));
    await vi.runAllTimersAsync();
    expect(asked).toEqual([1_500]);

    machine.goTo(1_600);
    expect(withoutTimes(past(machine).incidents)).toEqual(withoutTimes(states[1_600]));
    await vi.runAllTimersAsync();
    expect(asked).toEqual([1_500, 500]);
  });

  it("should show what was at a position once the log has been read so far", async () => {
    const { machine } = start();
    machine.goTo(40);
    expect(past(machine).incidents).toBeUndefined();
    await vi.runAllTimersAsync();
    expect(withoutTimes(past(machine).incidents)).toEqual(withoutTimes(states[40]));
    expect(past(machine).change?.position).toBeLessThanOrEqual(40);
  });

  it("should step back and forth", async () => {
    const { machine } = start();
    machine.depart();
    machine.step(-1);
    await vi.runAllTimersAsync();
    const { position } = past(machine);
    expect(position).toBeLessThan(LENGTH);
    expect(withoutTimes(past(machine).incidents)).toEqual(withoutTimes(states[position]));
    machine.step(1);
    await vi.runAllTimersAsync();
    expect(past(machine).change?.position).toBe(position + 1);
  });

  it("should play to the end, ten times as fast if wanted", async () => {
    const { machine } = start();
    machine.goTo(LENGTH - 40);
    await vi.runAllTimersAsync();
    machine.setSpeed(10);
    machine.play();
    await vi.advanceTimersByTimeAsync(160);
    expect(past(machine).isPlaying).toBe(true);
    expect(past(machine).position).toBeGreaterThan(LENGTH - 40);
    await vi.runAllTimersAsync();
    expect(past(machine)).toMatchObject({ isPlaying: false, position: LENGTH });
    expect(withoutTimes(past(machine).incidents)).toEqual(withoutTimes(states[LENGTH]));
  });

  it("should stop where it is when it is paused", async () => {
    const { machine } = start();
    machine.goTo(2_000);
    await vi.runAllTimersAsync();
    machine.play();
    await vi.advanceTimersByTimeAsync(4_000);
    machine.pause();
    const { position } = past(machine);
    await vi.runAllTimersAsync();
    expect(past(machine)).toMatchObject({ isPlaying: false, position });
  });

  it("should say why the log cannot be read, and try again", async () => {
    const { machine, refuse } = start();
    refuse(true);
    machine.goTo(100);
    await vi.runAllTimersAsync();
    expect(past(machine).problem?.code).toBe("OFFLINE");
    refuse(false);
    machine.goTo(100);
    await vi.runAllTimersAsync();
    expect(past(machine).problem).toBeUndefined();
    expect(withoutTimes(past(machine).incidents)).toEqual(withoutTimes(states[100]));
  });

  it("should forget the journey when it returns", async () => {
    const { machine } = start();
    machine.goTo(100);
    machine.returnToNow();
    await vi.runAllTimersAsync();
    expect(machine.moment.get()).toEqual({ kind: "now" });
  });
});

function past(machine: TimeMachine): PastMoment {
  const moment = machine.moment.get();
  if (moment.kind === "now") {
    throw new Error("it is not in the past");
  }
  return moment;
}

function start() {
  const asked: number[] = [];
  let isRefused = false;
  const api = {
    async call(_route: string, { query }: { query: { after: number; limit: number } }) {
      if (isRefused) {
        throw ApiProblem.offline();
      }
      asked.push(query.after);
      const next = Math.min(LENGTH, query.after + query.limit);
      const page = events.filter(({ position }) => position > query.after && position <= next);
      return {
        body: { events: page, next, hidden: next - query.after - page.length, head: LENGTH, epoch: "e" },
        position: undefined,
        epoch: undefined,
      };
    },
  } as unknown as Api;
  const rows = (states[LENGTH] ?? []).map(
    (incident): IncidentRow => ({
      key: String(incident.id),
      incident,
      saved: incident,
      deeds: [],
    }),
  );
  const incidents = { list: () => new Cell(rows) } as unknown as Sync["incidents"];
  const log = new Cell({ epoch: "e", position: LENGTH, head: LENGTH });
  const machine = new TimeMachine({ api, incidents, log }, new Cell<Moment>({ kind: "now" }));
  return {
    machine,
    asked,
    refuse(wanted: boolean) {
      isRefused = wanted;
    },
  };
}
