/** When, as it stands in the address: a position of the log, or nothing for the present. */
export interface TimeSearch {
  readonly at?: number;
}

export function timeSearchOf({ at }: Record<string, unknown>): TimeSearch {
  return typeof at === "number" && Number.isSafeInteger(at) && at >= 0 ? { at } : {};
}

/** Changes nothing in an address but the time. */
export function atTime(at: number | undefined) {
  return <S extends TimeSearch>({ at: _, ...rest }: S) => ({ ...rest, ...(at !== undefined && { at }) });
}
