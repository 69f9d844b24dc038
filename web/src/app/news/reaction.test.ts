import { describe, expect, it } from "vitest";
import type { NewsItem } from "../../sync/index.ts";
import { aNotification, anIncident, asPerson, HERMIONE } from "../../testing/samples.ts";
import { reactionTo } from "./reaction.ts";

const BY = asPerson(HERMIONE);
const HEARD = { own: false, live: true };

function reported(severity: "MISCHIEF" | "CRITICAL"): NewsItem {
  return { kind: "reported", incident: anIncident({ severity, title: "Troll" }), by: BY, ...HEARD };
}

describe("the reaction to news", () => {
  it("should tell who has reported what", () => {
    const { toast, tone, alarm, isArrival } = reactionTo(reported("MISCHIEF"), undefined);

    expect(toast).toMatchObject({
      title: "New incident from Hermione Granger",
      detail: "Troll",
      link: "/incidents/42",
      isUrgent: false,
    });
    expect(isArrival).toBe(true);
    expect(tone).toBeUndefined();
    expect(alarm).toBeUndefined();
  });

  it("should alarm eye and ear of what is urgent", () => {
    const { toast, tone, alarm } = reactionTo(reported("CRITICAL"), undefined);

    expect(toast?.isUrgent).toBe(true);
    expect(tone).toBe("urgent");
    expect(alarm?.text).toBe("Critical: Troll, Hogwarts");
  });

  it("should be none to one's own deeds, whatever they are", () => {
    for (const item of [reported("CRITICAL"), notified("escalation"), escalated()]) {
      expect(reactionTo({ ...item, own: true }, 42)).toEqual({});
    }
  });

  it("should be none to what is caught up with: the bell has it", () => {
    expect(reactionTo({ ...notified("mention"), live: false }, undefined)).toEqual({});
  });

  it("should have a sound of its own for each kind of notification", () => {
    expect(reactionTo(notified("mention"), undefined).tone).toBe("mention");
    expect(reactionTo(notified("assignment"), undefined).tone).toBe("assignment");
    expect(reactionTo(notified("escalation"), undefined).tone).toBe("urgent");
  });

  it("should put all that is about an incident into one toast", () => {
    const keys = [reported("CRITICAL"), escalated(), notified("escalation")].map(
      (item) => reactionTo(item, undefined).toast?.key,
    );

    expect(new Set(keys).size).toBe(1);
  });

  it("should tell those who look at an incident that its description was edited, and nobody else", () => {
    const edited: NewsItem = {
      kind: "changed",
      incident: anIncident(),
      fields: ["description"],
      by: BY,
      ...HEARD,
    };

    expect(reactionTo(edited, 42).toast?.title).toBe("Hermione Granger edited the description");
    expect(reactionTo(edited, 7)).toEqual({});
  });
});

function notified(type: "mention" | "assignment" | "escalation"): NewsItem {
  return { kind: "notified", notification: aNotification({ type }), ...HEARD };
}

function escalated(): NewsItem {
  return { kind: "escalated", incident: anIncident({ severity: "CRITICAL" }), by: BY, ...HEARD };
}
