import { describe, expect, it } from "vitest";
import type { AnalyticsOverview } from "../../api/generated/rest.ts";
import { durationOf, lastDays, locationBars, resolutionBars, roundedMost, severityBars } from "./figures.ts";

const OVERVIEW: AnalyticsOverview = {
  total: 9,
  bySeverity: { MISCHIEF: 2, UNFORGIVABLE: 7 },
  byLocation: { AZKABAN: 4, HOGWARTS: 5 },
  byStatus: { OPEN: 9 },
  perDay: [],
  timeToResolve: { count: 1, averageSeconds: 90 },
  timeToResolveBySeverity: {
    CRITICAL: { count: 1, averageSeconds: 90 },
    MISCHIEF: { count: 0, averageSeconds: null },
  },
};

describe("the figures", () => {
  it("should have all severities, the worst first, also those of which there is none", () => {
    const bars = severityBars(OVERVIEW);
    expect(bars.map(({ value }) => value)).toEqual([7, 0, 0, 0, 0, 2]);
    expect(bars[0]).toEqual({ name: "Unforgivable", value: 7, severity: "UNFORGIVABLE" });
  });

  it("should have the places where most happens first", () => {
    expect(locationBars(OVERVIEW).slice(0, 2)).toEqual([
      { name: "Hogwarts", value: 5 },
      { name: "Azkaban", value: 4 },
    ]);
    expect(locationBars(OVERVIEW)).toHaveLength(8);
  });

  it("should tell the time to resolve only of what has been resolved", () => {
    expect(resolutionBars(OVERVIEW)).toEqual([{ name: "Critical", value: 90, severity: "CRITICAL" }]);
  });

  it("should fill in the days on which nothing happened", () => {
    const days = [
      { day: "2026-02-27", reported: 1, resolved: 0 },
      { day: "2026-03-01", reported: 2, resolved: 3 },
    ];
    expect(lastDays(days, "2026-03-01", 3)).toEqual([
      { day: "2026-02-27", reported: 1, resolved: 0 },
      { day: "2026-02-28", reported: 0, resolved: 0 },
      { day: "2026-03-01", reported: 2, resolved: 3 },
    ]);
  });

  it.each([
    [0, "0 s"],
    [0.3, "< 1 s"],
    [40.4, "40 s"],
    [60, "1 min"],
    [725, "12 min 5 s"],
    [12_000, "3 h 20 min"],
    [86_400 * 4 + 3, "4 d"],
    [86_400 * 4 + 3_600 * 3 + 59, "4 d 3 h"],
  ])("should say %d seconds as %s", (seconds, said) => {
    expect(durationOf(seconds)).toBe(said);
  });

  it.each([
    [[], 1],
    [[3], 5],
    [[10], 10],
    [[11, 4], 20],
    [[420], 500],
  ])("should scale %j up to %d", (values, most) => {
    expect(roundedMost(values)).toBe(most);
  });
});
