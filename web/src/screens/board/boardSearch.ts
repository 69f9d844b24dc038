import {
  type IncidentFilter,
  LOCATIONS,
  type Location,
  SEVERITIES,
  type Severity,
  STATUSES,
  type Status,
} from "../../sync/index.ts";

/** The filters of the board, as they stand in the address. What is not understood there does not count. */
export interface BoardSearch {
  readonly status?: readonly Status[];
  readonly severity?: readonly Severity[];
  readonly location?: readonly Location[];
  readonly assignee?: string;
  readonly reporter?: string;
  readonly urgent?: boolean;
  /** Reported by, or assigned to, whoever looks. */
  readonly mine?: boolean;
  readonly q?: string;
}

export function boardSearchOf(search: Record<string, unknown>): BoardSearch {
  const status = some(search.status, STATUSES);
  const severity = some(search.severity, SEVERITIES);
  const location = some(search.location, LOCATIONS);
  const assignee = text(search.assignee);
  const reporter = text(search.reporter);
  const { urgent, mine } = search;
  const q = text(search.q);
  return {
    ...(status !== undefined && { status }),
    ...(severity !== undefined && { severity }),
    ...(location !== undefined && { location }),
    ...(assignee !== undefined && { assignee }),
    ...(reporter !== undefined && { reporter }),
    ...(typeof urgent === "boolean" && { urgent }),
    ...(mine === true && { mine }),
    ...(q !== undefined && { q }),
  };
}

/** The filter that an address asks for, but for what depends on who looks. */
export function filterOf({ q, mine: _, ...filter }: BoardSearch): IncidentFilter {
  return { ...filter, text: q };
}

function some<T extends string>(value: unknown, allowed: readonly T[]): readonly T[] | undefined {
  const given: readonly unknown[] = [value].flat();
  const chosen = allowed.filter((each) => given.includes(each));
  return chosen.length > 0 ? chosen : undefined;
}

function text(value: unknown): string | undefined {
  // The router reads `?q=42` as a number.
  const given = typeof value === "number" ? String(value) : value;
  return typeof given === "string" && given !== "" ? given : undefined;
}
