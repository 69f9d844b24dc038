import type { EventData } from "../api/generated/events.ts";
import type { PositionedEventView } from "../api/generated/rest.ts";
import type { Incident } from "../sync/index.ts";

/** What an event did to an incident. It can be done, and undone. */
export interface Change {
  readonly position: number;
  /** ISO 8601. */
  readonly at: string;
  readonly kind: keyof typeof SAYINGS;
  /** Who did it, as he was called then. */
  readonly by: string | undefined;
  /** Undefined where it was reported. Of what an event does not tell (when it was last changed), this is later than it was. */
  readonly before: Incident | undefined;
  readonly after: Incident;
}

const SAYINGS = {
  "incident.created": "reported",
  "incident.updated": "changed",
  "incident.assigned": "assigned",
  "incident.resolved": "resolved",
  "incident.archived": "archived",
} as const;

/** Undefined for events that change no incident. */
export function changeOf({ position, event }: PositionedEventView): Change | undefined {
  const kind = event.eventType;
  if (!isKind(kind)) {
    return undefined;
  }
  const after = incidentOf(kind, event.data);
  return {
    position,
    at: event.timestamp,
    kind,
    by: event.metadata.actor?.name,
    before: kind === "incident.created" ? undefined : before(kind, event.data, after),
    after,
  };
}

/** "#42 resolved by Hermione Granger: Troll in the dungeon". */
export function sayingOf({ kind, by, after }: Change): string {
  return `#${after.id} ${SAYINGS[kind]}${by === undefined ? "" : ` by ${by}`}: ${after.title}`;
}

function isKind(type: string): type is Change["kind"] {
  return Object.hasOwn(SAYINGS, type);
}

function incidentOf(kind: Change["kind"], data: unknown): Incident {
  return kind === "incident.created"
    ? (data as EventData["incident.created"])
    : (data as EventData["incident.updated"]).incident;
}

function before(kind: Change["kind"], data: unknown, after: Incident): Incident {
  const previous =
    kind === "incident.assigned"
      ? { assigned_to: (data as EventData["incident.assigned"]).previousAssignee }
      : (data as EventData["incident.updated"]).previousValues;
  return { ...after, ...previous, version: after.version - 1 };
}
