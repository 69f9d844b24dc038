import { Cell } from "../../live/live.ts";
import { Announcer } from "../announcer/announcer.ts";
import { CommandBindings } from "../commands/commandBindings.ts";
import type { Dialog } from "../dialogs/dialog.ts";
import { ToastStack } from "../toasts/toastStack.ts";

/** What is around all screens and that they use: commands, dialogs, toasts, and what is said aloud. */
export interface Shell {
  readonly commands: CommandBindings;
  /** The one that is open. */
  readonly dialog: Cell<Dialog | undefined>;
  readonly toasts: ToastStack;
  readonly announcer: Announcer;
}

export function createShell(): Shell {
  return {
    commands: new CommandBindings(),
    dialog: new Cell<Dialog | undefined>(undefined),
    toasts: new ToastStack(),
    announcer: new Announcer(),
  };
}
