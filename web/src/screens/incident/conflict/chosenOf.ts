import type { Conflict, FieldConflict, IncidentChanges } from "../../../sync/index.ts";

/** Whose version of a field is to stay. */
export type Choices = { readonly [F in FieldConflict["field"]]?: "mine" | "theirs" };

/** What is to be saved over the other one's version: all of mine but what was given up. */
export function chosenOf({ mine, fields }: Conflict, choices: Choices): IncidentChanges {
  const givenUp = new Set<string>(
    fields.filter(({ field }) => choices[field] === "theirs").map(({ field }) => field),
  );
  return Object.fromEntries(Object.entries(mine).filter(([field]) => !givenUp.has(field)));
}
