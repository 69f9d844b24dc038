import type { Deeds, Intent } from "../../sync/index.ts";
import type { ToastStack } from "./toastStack.ts";

/** How long the undo is offered. */
const OFFERED = 6_000;
/** Nothing is sent before the offer is certainly gone. */
const HELD = OFFERED + 500;

/** Does something at once for the eye, and for the server when the undo that a toast offers has passed. */
export function beginWithUndo(
  deeds: Deeds,
  toasts: ToastStack,
  intents: readonly Intent[],
  title: string,
): void {
  const doings = intents.map((intent) => deeds.begin(intent, HELD));
  toasts.show({
    key: `undo ${doings.map(({ deed }) => deed.id).join(" ")}`,
    title,
    lasts: OFFERED,
    undo: () => {
      for (const doing of doings) {
        doing.undo();
      }
    },
  });
}
