import { describe, expect, it } from "vitest";
import { LOCATIONS } from "../../../sync/index.ts";
import { Pen } from "./pen.ts";
import { TALL_SCENE, WIDE_SCENE } from "./scene.ts";

describe("the pen", () => {
  it("should draw the same each time, and not quite straight", () => {
    const draw = () => new Pen(7).box(0, 40, 40, 0).strokes;
    expect(draw()).toEqual(draw());
    expect(draw()[0]?.d).not.toBe(new Pen(8).box(0, 40, 40, 0).strokes[0]?.d);
  });

  it("should hatch within the outline", () => {
    const triangle = [
      [0, 0],
      [60, 0],
      [0, 60],
    ] as const;
    for (const angle of [0, 30, 64, 90]) {
      const [stroke] = new Pen(1).hatch(triangle, { angle, gap: 4 }).strokes;
      const points = pointsOf(stroke?.d ?? "");
      expect(points.length).toBeGreaterThan(20);
      // As far out as a hand that is not quite steady may get.
      expect(points.every(([x, y]) => x > -2 && y > -2 && x + y < 63)).toBe(true);
    }
  });

  it("should draw elsewhere, and smaller, on the same sheet", () => {
    const pen = new Pen(1);
    pen.at(100, 200, 0.5).box(0, 40, 40, 0);
    const [first] = pointsOf(pen.strokes[0]?.d ?? "");
    expect(first).toEqual([100, 220]);
  });
});

describe.each([
  ["wide", WIDE_SCENE],
  ["tall", TALL_SCENE],
] as const)("the %s sheet", (_, scene) => {
  it("should have every place, and its name on the sheet", () => {
    expect(scene.places.map(({ location }) => location).sort()).toEqual([...LOCATIONS].sort());
    for (const [x, y] of Object.values(scene.labels)) {
      expect(x > 60 && x < scene.width - 60 && y > 0 && y < scene.height - 60).toBe(true);
    }
  });
});

function pointsOf(d: string): (readonly [number, number])[] {
  const numbers = [...d.matchAll(/-?\d+(?:\.\d+)?/g)].map(Number);
  return Array.from({ length: numbers.length / 2 }, (_, index) => [
    numbers[index * 2] ?? Number.NaN,
    numbers[index * 2 + 1] ?? Number.NaN,
  ]);
}
