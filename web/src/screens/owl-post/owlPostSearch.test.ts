import { describe, expect, it } from "vitest";
import { owlPostSearchOf } from "./owlPostSearch.ts";

describe("the address of the owl post", () => {
  it("should say which part, from where, and what is looked for", () => {
    const search = {
      tab: "audit",
      after: 12,
      upTo: 40,
      user: "u",
      type: ["user.logged_in"],
      from: "2026-01-01T00:00:00.000Z",
    };
    expect(owlPostSearchOf(search)).toEqual(search);
  });

  it("should not mind what it does not understand", () => {
    expect(
      owlPostSearchOf({
        tab: "broom",
        after: -1,
        upTo: "x",
        user: 7,
        type: [1],
        from: "yesterday",
        kind: "",
      }),
    ).toEqual({});
  });
});
