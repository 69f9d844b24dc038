import type { CommandBindings } from "./commandBindings.ts";
import { COMMAND_NAMES, COMMANDS } from "./commands.ts";

/** How long the first key of two counts. */
const PATIENCE = 1_200;

/** Turns keys into commands. */
export class Keyboard {
  readonly #bindings: CommandBindings;
  #before: { readonly stroke: string; readonly at: number } | undefined;

  constructor(bindings: CommandBindings) {
    this.#bindings = bindings;
  }

  /** Gives the way to stop it. */
  listen(): () => void {
    const hear = (event: KeyboardEvent) => this.#hear(event);
    window.addEventListener("keydown", hear);
    return () => window.removeEventListener("keydown", hear);
  }

  #hear(event: KeyboardEvent): void {
    const stroke = strokeOf(event);
    if (event.defaultPrevented || stroke === undefined || !isForCommands(event)) {
      return;
    }
    const before = this.#before;
    const strokes =
      before !== undefined && event.timeStamp - before.at < PATIENCE ? `${before.stroke} ${stroke}` : stroke;
    const name = COMMAND_NAMES.find((each) => COMMANDS[each].keys === strokes);
    this.#before = undefined;
    if (name !== undefined) {
      // Enter on something is a matter of its own: a link opens, a button is pressed.
      if (stroke !== "Enter" && this.#bindings.run(name)) {
        event.preventDefault();
      }
    } else if (COMMAND_NAMES.some((each) => COMMANDS[each].keys.startsWith(`${strokes} `))) {
      this.#before = { stroke: strokes, at: event.timeStamp };
    }
  }
}

function strokeOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): string | undefined {
  if (altKey || key === undefined) {
    return undefined;
  }
  const mod = ctrlKey || metaKey ? "mod+" : "";
  if (key.length > 1) {
    return `${mod}${shiftKey ? "shift+" : ""}${key}`;
  }
  // Shift is part of what makes a "?", and is told apart for letters only.
  const isLetter = key.toLowerCase() !== key.toUpperCase();
  return `${mod}${shiftKey && isLetter ? "shift+" : ""}${key.toLowerCase()}`;
}

/** Not where the keys are for writing, or for something that is in front of the screen. */
function isForCommands({ target, ctrlKey, metaKey, key }: KeyboardEvent): boolean {
  if (document.querySelector("dialog[open]") !== null) {
    return false;
  }
  const place = target instanceof Element ? target : document.body;
  const isWriting =
    place.closest("input:not([type=checkbox], [type=range]), textarea, select, [contenteditable]") !== null;
  const isChoosing = place.closest("[role=menu], [role=listbox]") !== null;
  return isWriting || isChoosing ? (ctrlKey || metaKey) && key.length === 1 : true;
}
