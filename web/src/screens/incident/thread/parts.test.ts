import { describe, expect, it } from "vitest";
import { partsOf } from "./parts.ts";

function mentionsIn(content: string): readonly string[] {
  return partsOf(content)
    .filter(({ kind }) => kind === "mention")
    .map(({ text }) => text);
}

describe("the parts of a comment", () => {
  it("should be those who are mentioned, and the text between them", () => {
    expect(partsOf("Look, @harry.potter!")).toEqual([
      { kind: "text", text: "Look, " },
      { kind: "mention", text: "@harry.potter" },
      { kind: "text", text: "!" },
    ]);
  });

  // As the server notifies.
  it.each([
    ["@harry.", ["@harry"]],
    ["@harry_potter-2 and @luna", ["@harry_potter-2", "@luna"]],
    ["owl@hogwarts.edu", []],
    ["@harryé", []],
    ["@harry@hogwarts.edu", []],
    ["see /@harry", []],
    ["`@harry`", []],
    ["``a ` @harry``", []],
    ["```\n@harry\n```\n@luna", ["@luna"]],
    ["a ` and @harry", ["@harry"]],
  ])("should mention in %j only %j", (content, mentioned) => {
    expect(mentionsIn(content)).toEqual(mentioned);
  });

  it("should be code without its backticks", () => {
    expect(partsOf("say `lumos`")).toEqual([
      { kind: "text", text: "say " },
      { kind: "code", text: "lumos" },
    ]);
  });
});
