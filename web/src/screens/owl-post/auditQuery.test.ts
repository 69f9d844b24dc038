import { describe, expect, it } from "vitest";
import { auditQueryOf, auditSearchOf, localOf } from "./auditQuery.ts";

describe("the search in the audit", () => {
  it("should go from the form to the address to the question", () => {
    const fields = new FormData();
    fields.set("from", "2026-01-15T14:30:00");
    fields.set("to", "");
    fields.set("after", "10");
    fields.set("upTo", " ");
    fields.set("user", " harry ");
    fields.append("type", "user.logged_in");
    fields.append("type", "user.logged_out");
    const search = auditSearchOf(fields);
    expect(search).toEqual({
      tab: "audit",
      from: new Date("2026-01-15T14:30:00").toISOString(),
      after: 10,
      user: "harry",
      type: ["user.logged_in", "user.logged_out"],
    });
    const { tab: _, ...asked } = search;
    expect(auditQueryOf(search)).toEqual(asked);
  });

  it("should show a moment as the clock on the wall has it", () => {
    const wall = "2026-07-15T14:30:05";
    expect(localOf(new Date(wall).toISOString())).toBe(wall);
    expect(localOf(undefined)).toBe("");
  });
});
