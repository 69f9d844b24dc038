import type { Incident } from "../model.ts";
import type { Conflict, FieldConflict, IncidentChanges } from "./deed.ts";

/** What an edit has to be now that somebody else has saved. */
export type Rebased =
  /** They want the same. */
  | { readonly kind: "done" }
  /** They have changed other things: these changes go well with theirs. */
  | { readonly kind: "again"; readonly changes: IncidentChanges }
  | { readonly kind: "conflict"; readonly conflict: Conflict };

/** Field by field: what did `before` say, what do I want, what have they saved? */
export function rebase(before: Incident, mine: IncidentChanges, theirs: Incident): Rebased {
  const names = Object.keys(mine) as (keyof IncidentChanges)[];
  const wanted = names.filter((field) => mine[field] !== before[field] && mine[field] !== theirs[field]);
  const fields = wanted
    .filter((field) => theirs[field] !== before[field])
    .map(
      (field): FieldConflict => ({
        field,
        before: before[field],
        mine: mine[field] ?? before[field],
        theirs: theirs[field],
      }),
    );
  if (fields.length > 0) {
    return { kind: "conflict", conflict: { theirs, mine, fields } };
  }
  return wanted.length === 0
    ? { kind: "done" }
    : { kind: "again", changes: Object.fromEntries(wanted.map((field) => [field, mine[field]])) };
}
