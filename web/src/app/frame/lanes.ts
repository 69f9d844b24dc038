import type { BoardSearch } from "../../screens/board/boardSearch.ts";
import type { IncidentCounts } from "../../sync/index.ts";
import type { IconName } from "../../ui/icon/Icon.tsx";

export type LaneName = "all" | "urgent" | "open" | "mine" | "resolved";

/** A view of the board that is always at hand. */
export interface Lane {
  readonly name: string;
  readonly icon: IconName;
  readonly search: BoardSearch;
  readonly countIn: (counts: IncidentCounts) => number | undefined;
}

export const LANES: Readonly<Record<LaneName, Lane>> = {
  all: { name: "All incidents", icon: "feed", search: {}, countIn: () => undefined },
  urgent: {
    name: "Urgent",
    icon: "critical",
    search: { urgent: true, status: ["OPEN", "IN_PROGRESS"] },
    countIn: ({ urgent }) => urgent,
  },
  open: {
    name: "Open",
    icon: "place",
    search: { status: ["OPEN", "IN_PROGRESS"] },
    countIn: ({ byStatus }) => byStatus.OPEN + byStatus.IN_PROGRESS,
  },
  mine: {
    name: "Mine",
    icon: "person",
    search: { mine: true, status: ["OPEN", "IN_PROGRESS"] },
    countIn: ({ mine }) => mine,
  },
  resolved: {
    name: "Resolved",
    icon: "resolved",
    search: { status: ["RESOLVED"] },
    countIn: () => undefined,
  },
};
