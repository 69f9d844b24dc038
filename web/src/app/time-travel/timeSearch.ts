/** When, as it stands in the address: a position of the log, or nothing for the present. */
export interface TimeSearch {
  readonly at?: number;
}

export function timeSearchOf({ at }: Record<string, unknown>): TimeSearch {
  return typeof at === "number" && Number.isSafeInteger(at) && at >= 0 ? { at } : {};
}
