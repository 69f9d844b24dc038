import { Kept } from "../../../live/kept.ts";
import { type BoardSearch, boardSearchOf } from "../boardSearch.ts";

/** Filters that somebody has given a name. */
export interface SavedView {
  readonly name: string;
  readonly search: BoardSearch;
}

/** The views that are kept in this browser, in the order in which they were saved. */
export const savedViews = new Kept<readonly SavedView[]>("marauders-map.views", (kept) =>
  Array.isArray(kept) ? kept.flatMap(viewOf) : [],
);

/** Under a name that is taken, the view is another one from now on. */
export function saveView(view: SavedView): void {
  savedViews.set([...savedViews.get().filter(({ name }) => name !== view.name), view]);
}

export function forgetView(forgotten: string): void {
  savedViews.set(savedViews.get().filter(({ name }) => name !== forgotten));
}

function viewOf(kept: unknown): readonly SavedView[] {
  if (typeof kept !== "object" || kept === null || !("name" in kept) || !("search" in kept)) {
    return [];
  }
  const { name, search } = kept;
  return typeof name === "string" && typeof search === "object" && search !== null
    ? [{ name, search: boardSearchOf({ ...search }) }]
    : [];
}
