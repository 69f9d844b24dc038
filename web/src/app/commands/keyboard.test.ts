import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CommandBindings } from "./commandBindings.ts";
import type { CommandName } from "./commands.ts";
import { Keyboard } from "./keyboard.ts";

describe("the keyboard", () => {
  const done: CommandName[] = [];
  const bindings = new CommandBindings();
  let stop: () => void;

  beforeEach(() => {
    done.length = 0;
    stop = new Keyboard(bindings).listen();
    for (const name of ["report", "palette", "go-urgent", "mute", "comment", "edit"] as const) {
      bindings.bind(name, () => done.push(name));
    }
  });

  afterEach(() => {
    stop();
    document.body.replaceChildren();
  });

  function press(key: string, init: KeyboardEventInit = {}, target: Element = document.body): KeyboardEvent {
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...init });
    target.dispatchEvent(event);
    return event;
  }

  it("should do what a key is for", () => {
    const event = press("c");

    expect(done).toEqual(["report"]);
    expect(event.defaultPrevented).toBe(true);
  });

  it("should know keys that come one after the other", () => {
    press("g");
    press("u");

    expect(done).toEqual(["go-urgent"]);
  });

  it("should tell a key with Shift from one without", () => {
    press("M", { shiftKey: true });
    press("m");

    expect(done).toEqual(["mute"]);
  });

  it("should leave letters alone where somebody writes, but not Ctrl or ⌘ with one", () => {
    const field = document.createElement("textarea");
    document.body.append(field);

    press("c", {}, field);
    press("k", { ctrlKey: true }, field);
    press("k", { metaKey: true }, field);

    expect(done).toEqual(["palette", "palette"]);
  });

  it("should leave the browser's own keys alone", () => {
    const event = press("c", { ctrlKey: true });

    expect(done).toEqual([]);
    expect(event.defaultPrevented).toBe(false);
  });

  it("should be silent behind a dialog", () => {
    const dialog = document.createElement("dialog");
    dialog.setAttribute("open", "");
    document.body.append(dialog);

    press("c");

    expect(done).toEqual([]);
  });

  it("should do what the last one wants who has bound the command, until he unbinds it", () => {
    const others: string[] = [];
    const unbind = bindings.bind("edit", () => others.push("edit"));
    press("e");
    unbind();
    press("e");

    expect(others).toEqual(["edit"]);
    expect(done).toEqual(["edit"]);
  });
});
