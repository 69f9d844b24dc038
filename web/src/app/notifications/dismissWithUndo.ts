import type { Deeds } from "../../sync/index.ts";
import { beginWithUndo } from "../toasts/beginWithUndo.ts";
import type { ToastStack } from "../toasts/toastStack.ts";

/** Dismisses notifications; a toast offers to take it back. */
export function dismissWithUndo(deeds: Deeds, toasts: ToastStack, notificationIds: readonly string[]): void {
  beginWithUndo(
    deeds,
    toasts,
    notificationIds.map((notificationId) => ({ kind: "dismiss", notificationId })),
    notificationIds.length === 1
      ? "Notification dismissed"
      : `${notificationIds.length} notifications dismissed`,
  );
}
