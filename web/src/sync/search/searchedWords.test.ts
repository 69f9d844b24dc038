import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { finderOf, searchedWordsOf } from "./searchedWords.ts";

interface Example {
  readonly text: string;
  readonly found: readonly string[];
  readonly missed: readonly string[];
}

const EXAMPLES: readonly Example[] = JSON.parse(readFileSync("../docs/examples/search.json", "utf8"));

describe("a search", () => {
  it.each(EXAMPLES)("should find in $text what the server finds", ({ text, found, missed }) => {
    const isFoundBy = (typed: string) => finderOf(typed)(searchedWordsOf(text), text);

    expect([text, ...found].filter((typed) => !isFoundBy(typed))).toEqual([]);
    expect(missed.filter(isFoundBy)).toEqual([]);
  });
});
