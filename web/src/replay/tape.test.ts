import { describe, expect, it } from "vitest";
import { randomLog, withoutTimes } from "./randomLog.ts";
import { Tape } from "./tape.ts";

const LENGTH = 300;

describe.each([1, 2, 3, 5, 8, 13, 21, 34])("a tape of the random log %i", (seed) => {
  const { events, states } = randomLog(seed, LENGTH);
  const stateAt = (position: number) => states[position] ?? [];

  it("should show at every position what forward application gives", () => {
    const tape = new Tape(stateAt(LENGTH), LENGTH);
    tape.prepend(events, 0);
    for (let position = 0; position <= LENGTH; position++) {
      expect(tape.incidentsAt(position)).toEqual(stateAt(position));
    }
  });

  it("should show the same when it is rewound from the end", () => {
    const tape = new Tape(stateAt(LENGTH), LENGTH);
    tape.prepend(events, 0);
    for (let position = LENGTH; position >= 0; position--) {
      expect(tape.incidentsAt(position)).toEqual(stateAt(position));
    }
  });

  it("should show the same wherever it is wound to, in pages", () => {
    const tape = new Tape(stateAt(LENGTH), LENGTH);
    tape.prepend(
      events.filter(({ position }) => position > 200),
      200,
    );
    tape.incidentsAt(230);
    tape.prepend(events, 0);
    let at = seed;
    for (let jump = 0; jump < 200; jump++) {
      at = (at * 7919 + 104_729) % (LENGTH + 1);
      expect(tape.incidentsAt(at)).toEqual(stateAt(at));
    }
  });

  it("should undo what it does not know the beginning of, but for when it was last changed", () => {
    const tape = new Tape(stateAt(LENGTH), LENGTH);
    tape.prepend(
      events.filter(({ position }) => position > 150),
      150,
    );
    expect(withoutTimes(tape.incidentsAt(0))).toEqual(withoutTimes(stateAt(150)));
  });

  it("should not mind a snapshot that is older than its position", () => {
    const tape = new Tape(stateAt(LENGTH - 20), LENGTH);
    tape.prepend(events, 0);
    for (const position of [LENGTH, LENGTH - 30, 0, LENGTH, LENGTH - 15]) {
      expect(tape.incidentsAt(position)).toEqual(stateAt(position));
    }
  });
});

describe("a tape", () => {
  const { events, states } = randomLog(4, 60);
  const tape = new Tape(states[60] ?? [], 60);
  tape.prepend(events, 0);

  it("should step from change to change, and back", () => {
    const forward: number[] = [];
    for (let at = tape.step(0, 1); at !== undefined; at = tape.step(at, 1)) {
      forward.push(at);
    }
    expect(forward).toEqual(tape.changes.map(({ position }) => position));

    const last = forward.at(-1) ?? 0;
    expect(tape.step(60, -1)).toBe(last - 1);
    expect(tape.changeAt(last - 1)?.position).toBe(forward.at(-2));
    expect(tape.step(0, -1)).toBeUndefined();
  });

  it("should say what had just happened", () => {
    const [first] = tape.changes;
    expect(tape.changeAt(first?.position ?? 0)).toBe(first);
    expect(tape.changeAt((first?.position ?? 0) - 1)).toBeUndefined();
  });
});
