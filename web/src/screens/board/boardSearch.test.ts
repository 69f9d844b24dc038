import { describe, expect, it } from "vitest";
import { boardSearchOf, filterOf } from "./boardSearch.ts";

describe("the filters in the address", () => {
  it("are read, and what is not understood does not count", () => {
    const search = {
      status: ["OPEN", "LOST"],
      severity: "CRITICAL",
      location: [],
      urgent: true,
      q: 42,
      page: 3,
    };
    expect(boardSearchOf(search)).toEqual({
      status: ["OPEN"],
      severity: ["CRITICAL"],
      urgent: true,
      q: "42",
    });
    expect(boardSearchOf({ urgent: "yes", q: "", assignee: 7 })).toEqual({ assignee: "7" });
  });

  it("become the filter of the list", () => {
    expect(filterOf({ status: ["OPEN"], q: "troll" })).toEqual({ status: ["OPEN"], text: "troll" });
  });
});
