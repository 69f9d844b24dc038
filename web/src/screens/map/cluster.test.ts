import { describe, expect, it } from "vitest";
import { LOCATIONS } from "../../sync/index.ts";
import { anIncident } from "../../testing/samples.ts";
import { clustersOf } from "./cluster.ts";

describe("clusters", () => {
  it("should name every place, also where nothing happens", () => {
    expect(clustersOf([]).map(({ location }) => location)).toEqual(LOCATIONS);
    expect(clustersOf([]).every(({ incidents }) => incidents.length === 0)).toBe(true);
  });

  it("should hold the incidents of a place, worst first, then newest first", () => {
    const [hogwarts, hogsmeade] = clustersOf([
      anIncident({ id: 1, severity: "MISCHIEF" }),
      anIncident({ id: 2, severity: "CRITICAL" }),
      anIncident({ id: 3, severity: "MISCHIEF" }),
      anIncident({ id: 4, severity: "UNFORGIVABLE" }),
      anIncident({ id: 5, location: "HOGSMEADE" }),
    ]);
    expect(hogwarts?.incidents.map(({ id }) => id)).toEqual([4, 2, 3, 1]);
    expect(hogsmeade?.incidents.map(({ id }) => id)).toEqual([5]);
  });
});
