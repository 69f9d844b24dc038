import { describe, expect, it } from "vitest";
import { advance, scrolledTo, startWith } from "./feedStanding.ts";

const READING = { first: 0, isFollowing: false };

describe("a list that grows while it is read", () => {
  it("should let new rows in where nobody reads", () => {
    const { standing, shift } = advance(startWith(["b", "a"]), ["c", "b", "a"], {
      first: 0,
      isFollowing: true,
    });

    expect(shift).toBe(0);
    expect(standing.unseen.size).toBe(0);
    expect(standing.fresh).toEqual(new Set(["c"]));
  });

  it("should keep in place what is read, and count what came above it", () => {
    const { standing, shift } = advance(startWith(["b", "a"]), ["d", "c", "b", "a"], READING);

    expect(shift).toBe(2);
    expect(standing.unseen).toEqual(new Set(["c", "d"]));
  });

  it("should not count what came below", () => {
    const before = startWith(["d", "c"]);

    const { standing, shift } = advance(before, ["d", "c", "b", "a"], READING);

    expect(shift).toBe(0);
    expect(standing.unseen.size).toBe(0);
  });

  it("should go by the next row where the first one has left the list", () => {
    const { standing, shift } = advance(startWith(["c", "b", "a"]), ["d", "b", "a"], READING);

    // "b" was the second row and still is: "d" came, and "c" went.
    expect(shift).toBe(0);
    expect(standing.unseen).toEqual(new Set(["d"]));
  });

  it("should add up what comes one after the other, and forget what is gone again", () => {
    const once = advance(startWith(["a"]), ["b", "a"], READING).standing;

    const twice = advance(once, ["c", "b", "a"], { first: 1, isFollowing: false }).standing;
    const gone = advance(twice, ["c", "a"], { first: 2, isFollowing: false }).standing;

    expect(twice.unseen).toEqual(new Set(["b", "c"]));
    expect(gone.unseen).toEqual(new Set(["c"]));
  });

  it("should have seen what comes into view", () => {
    const { standing } = advance(startWith(["a"]), ["d", "c", "b", "a"], READING);

    expect(scrolledTo(standing, 2).unseen).toEqual(new Set(["c", "d"]));
    expect(scrolledTo(standing, 0).unseen.size).toBe(0);
  });
});
