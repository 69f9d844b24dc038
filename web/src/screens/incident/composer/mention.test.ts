import { describe, expect, it } from "vitest";
import { completed, mentionAt } from "./mention.ts";

describe("a mention that is being written", () => {
  it.each([
    ["@", 0, ""],
    ["Ask @her", 4, "her"],
    ["(@harry.po", 1, "harry.po"],
    ["请@har", 1, "har"],
  ])("should be seen at the end of %s", (text, start, written) => {
    expect(mentionAt(text, text.length)).toEqual({ start, text: written });
  });

  it.each(["owl@hogwarts", "no mention", "@harry ", "a/@harry"])(
    "should not be seen at the end of %s",
    (text) => {
      expect(mentionAt(text, text.length)).toBeUndefined();
    },
  );

  it("should end at the caret", () => {
    expect(mentionAt("@harry and more", 3)).toEqual({ start: 0, text: "ha" });
  });

  it("should be completed with one space, wherever it stands", () => {
    const text = "Ask @her please";

    expect(completed(text, { start: 4, text: "her" }, "hermione.granger")).toEqual({
      text: "Ask @hermione.granger please",
      caret: 22,
    });
  });
});
