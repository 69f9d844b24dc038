import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { partsOf } from "./parts.ts";

interface Example {
  readonly text: string;
  readonly mentions: readonly string[];
}

const EXAMPLES: readonly Example[] = JSON.parse(readFileSync("../docs/examples/mentions.json", "utf8"));

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

  it.each(EXAMPLES)("should mention in $text those whom the server notifies", ({ text, mentions }) => {
    // The page does not know who there is, and sets off whatever could be a handle.
    const handles = mentionsIn(text).map((mention) => mention.slice(1).toLowerCase());
    const notified = mentions.filter((handle) => !handles.some((each) => each.startsWith(handle)));

    expect(notified).toEqual([]);
    expect(handles.filter((each) => !mentions.some((handle) => each.startsWith(handle)))).toEqual(
      handles.filter((each) => ["harrys", "harry2"].includes(each)),
    );
  });

  it.each([
    "@a.".repeat(1666),
    "`".repeat(5000),
    "`@".repeat(2500),
    "<a".repeat(2500),
    "](".repeat(2500),
    "- ".repeat(2500),
    "https://".repeat(625),
  ])("should take no time for what is made to take long", (content) => {
    const began = performance.now();
    partsOf(content);
    expect(performance.now() - began).toBeLessThan(500);
  });

  it("should be code without its backticks", () => {
    expect(partsOf("say `lumos`")).toEqual([
      { kind: "text", text: "say " },
      { kind: "code", text: "lumos" },
    ]);
  });
});
