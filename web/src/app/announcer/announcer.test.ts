import { beforeEach, describe, expect, it, vi } from "vitest";
import { Announcer } from "./announcer.ts";

describe("what screen readers say", () => {
  beforeEach(() => void vi.useFakeTimers());

  it("should be one sentence for all incidents that arrive together", () => {
    const announcer = new Announcer();

    announcer.countIncident();
    announcer.countIncident();
    expect(announcer.polite.get()).toBe("");

    vi.advanceTimersByTime(1_000);
    expect(announcer.polite.get()).toBe("2 new incidents");
  });

  it("should be gone after a while, so that the same can be said again", () => {
    const announcer = new Announcer();
    announcer.say("Saved");

    vi.advanceTimersByTime(5_000);

    expect(announcer.polite.get()).toBe("");
  });

  it("should alarm once of the same", () => {
    const announcer = new Announcer();
    announcer.alarm("Critical: Troll", "incident 42");

    announcer.alarm("Hermione escalated Troll", "incident 42");
    expect(announcer.assertive.get()).toBe("Critical: Troll");

    announcer.alarm("Critical: Dementor", "incident 43");
    expect(announcer.assertive.get()).toBe("Critical: Dementor");
  });
});
