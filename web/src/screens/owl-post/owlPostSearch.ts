/** The parts of the screen. */
export const TABS = ["consumers", "log", "dead-letters", "audit"] as const;

export type Tab = (typeof TABS)[number];

/** What the address says: which part, from where in the log, what is looked for in the audit. */
export interface OwlPostSearch {
  readonly tab?: Tab;
  /** The log is shown from behind here; without it, its end. */
  readonly after?: number;
  /** Only events whose type begins so. */
  readonly kind?: string;
  readonly from?: string;
  readonly to?: string;
  readonly upTo?: number;
  readonly user?: string;
  readonly type?: readonly string[];
}

export function owlPostSearchOf(search: Record<string, unknown>): OwlPostSearch {
  const tab = TABS.find((each) => each === search.tab);
  const after = position(search.after);
  const kind = text(search.kind);
  const from = moment(search.from);
  const to = moment(search.to);
  const upTo = position(search.upTo);
  const user = text(search.user);
  const type = [search.type].flat().filter((each) => typeof each === "string");
  return {
    ...(tab !== undefined && { tab }),
    ...(after !== undefined && { after }),
    ...(kind !== undefined && { kind }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(upTo !== undefined && { upTo }),
    ...(user !== undefined && { user }),
    ...(type.length > 0 && { type }),
  };
}

function position(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function moment(value: unknown): string | undefined {
  return typeof value === "string" && !Number.isNaN(Date.parse(value)) ? value : undefined;
}
