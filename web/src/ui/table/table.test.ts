import { expect, it } from "vitest";
import { csvOf } from "./table.ts";

it("should write a table as CSV, quoting what needs it", () => {
  const table = {
    title: "Places",
    columns: ["place", "count"],
    rows: [
      ["Hogwarts", 3],
      ['The "Hog\'s Head", Hogsmeade', 1],
      ["two\nlines", 0],
    ],
  };
  expect(csvOf(table)).toBe(
    'place,count\r\nHogwarts,3\r\n"The ""Hog\'s Head"", Hogsmeade",1\r\n"two\nlines",0\r\n',
  );
});
