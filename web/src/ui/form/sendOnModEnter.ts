import type { KeyboardEvent } from "react";

/** For a form's `onKeyDown`: Ctrl or ⌘ with Enter sends it, also from a field of several lines. */
export function sendOnModEnter(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    event.currentTarget.requestSubmit();
  }
}
