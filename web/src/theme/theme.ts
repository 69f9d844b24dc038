import { Cell, type Live } from "../live/live.ts";

/** `system`: as the device is set. */
export type Theme = "light" | "dark" | "system";

export const THEMES: readonly Theme[] = ["light", "dark", "system"];

const KEY = "marauders-map.theme";

const chosen = new Cell<Theme>("system");

/** The theme that is chosen in this browser. */
export const theme: Live<Theme> = chosen;

/** Shows the theme that was chosen the last time; to be called before anything is drawn. */
export function restoreTheme(): void {
  const kept = localStorage.getItem(KEY);
  show(THEMES.find((each) => each === kept) ?? "system");
}

export function chooseTheme(choice: Theme): void {
  localStorage.setItem(KEY, choice);
  show(choice);
}

/** The rest is CSS: without an attribute, the device decides. */
function show(choice: Theme): void {
  const root = document.documentElement;
  if (choice === "system") {
    root.removeAttribute("data-theme");
  } else {
    root.dataset.theme = choice;
  }
  chosen.set(choice);
}
