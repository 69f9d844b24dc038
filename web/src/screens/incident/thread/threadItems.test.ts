import { describe, expect, it } from "vitest";
import { aComment, asPerson, HERMIONE } from "../../../testing/samples.ts";
import { happeningOf } from "./happening.ts";
import { threadItemsOf } from "./threadItems.ts";

function event(eventType: string, timestamp: string, data: unknown = {}) {
  return {
    position: 1,
    event: {
      eventId: `${eventType} ${timestamp}`,
      eventType,
      timestamp,
      source: "test",
      userId: HERMIONE.id,
      metadata: { actor: asPerson(HERMIONE), traceId: null, version: "1.0" },
      data,
    },
  };
}

function said(id: number, createdAt: string) {
  return { key: `comment ${id}`, comment: aComment({ id, createdAt }), deeds: [] };
}

describe("a conversation", () => {
  it("should be in the order of time, with what happened in between", () => {
    const items = threadItemsOf(
      [said(1, "2024-01-15T15:00:00.000Z"), said(2, "2024-01-15T17:00:00.000Z")],
      [
        event("incident.created", "2024-01-15T14:00:00.000Z"),
        event("incident.resolved", "2024-01-15T16:00:00.000Z"),
      ],
    );

    expect(items.map(({ kind }) => kind)).toEqual(["event", "comment", "event", "comment"]);
  });

  it("should not tell of a comment twice", () => {
    const at = "2024-01-15T15:00:00.000Z";

    expect(threadItemsOf([said(1, at)], [event("comment.created", at)])).toHaveLength(1);
  });

  it("should end with what is not posted yet, though this machine's clock is slow", () => {
    const items = threadItemsOf(
      [said(0, "1999-01-01T00:00:00.000Z")],
      [event("incident.created", "2024-01-15T14:00:00.000Z")],
    );

    expect(items.at(-1)?.kind).toBe("comment");
  });
});

describe("what happened", () => {
  it.each([
    [
      { severity: "CRITICAL", description: "b" },
      { severity: "SERIOUS", description: "a" },
      "raised the severity to Critical and edited the description",
    ],
    [{ severity: "MISCHIEF" }, { severity: "SERIOUS" }, "lowered the severity to Mischief"],
    [{ status: "IN_PROGRESS" }, { status: "OPEN" }, "started work on this"],
    [{ status: "OPEN" }, { status: "RESOLVED" }, "reopened this"],
  ])("should be told in words: %j", (updatedFields, previousValues, words) => {
    const updated = event("incident.updated", "2024-01-15T14:00:00.000Z", { updatedFields, previousValues });

    expect(happeningOf(updated.event)).toEqual([words]);
  });
});
