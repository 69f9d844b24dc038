import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Toast } from "./toast.ts";
import { ToastStack } from "./toastStack.ts";

const SECOND = 1_000;

function about(subject: string, changes: Partial<Toast> = {}): Toast {
  return { key: subject, title: `News of ${subject}`, lasts: 5 * SECOND, ...changes };
}

function keysIn(stack: ToastStack) {
  return stack.shown.get().map(({ key }) => key);
}

describe("toasts", () => {
  beforeEach(() => void vi.useFakeTimers());

  it("should go by themselves", () => {
    const stack = new ToastStack();
    stack.show(about("troll"));

    vi.advanceTimersByTime(4 * SECOND);
    expect(keysIn(stack)).toEqual(["troll"]);

    vi.advanceTimersByTime(SECOND);
    expect(keysIn(stack)).toEqual([]);
  });

  it("should be three at most, and the oldest gives way", () => {
    const stack = new ToastStack();

    for (const subject of ["troll", "pixies", "boggart", "niffler"]) {
      stack.show(about(subject));
    }

    expect(keysIn(stack)).toEqual(["pixies", "boggart", "niffler"]);
  });

  it("should not lose what is urgent to what is not", () => {
    const stack = new ToastStack();
    stack.show(about("dementor", { isUrgent: true }));

    for (const subject of ["troll", "pixies", "boggart"]) {
      stack.show(about(subject));
    }

    expect(keysIn(stack)).toEqual(["dementor", "pixies", "boggart"]);
  });

  it("should be one for each incident, whatever happens to it", () => {
    const stack = new ToastStack();
    stack.show(about("troll", { isUrgent: true, notificationIds: ["1"] }));
    stack.show(about("pixies"));
    stack.show(about("troll", { title: "You were mentioned", notificationIds: ["2"] }));

    const [pixies, troll] = stack.shown.get();

    expect(pixies?.key).toBe("pixies");
    expect(troll).toMatchObject({
      title: "You were mentioned",
      isUrgent: true,
      notificationIds: ["1", "2"],
    });
  });

  it("should stay while somebody points at them, and no longer", () => {
    const stack = new ToastStack();
    stack.show(about("troll"));
    stack.hold();

    vi.advanceTimersByTime(60 * SECOND);
    expect(keysIn(stack)).toEqual(["troll"]);

    stack.release();
    vi.advanceTimersByTime(5 * SECOND);
    expect(keysIn(stack)).toEqual([]);
  });

  it("should not offer an undo for longer than it holds", () => {
    const stack = new ToastStack();
    stack.show(about("dismissed", { undo: () => undefined }));
    stack.hold();

    vi.advanceTimersByTime(5 * SECOND);

    expect(keysIn(stack)).toEqual([]);
  });
});
