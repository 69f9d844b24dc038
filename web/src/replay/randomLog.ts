import type { PositionedEventView } from "../api/generated/rest.ts";
import { type Incident, LOCATIONS, SEVERITIES } from "../sync/index.ts";

/** A log in which things happen to incidents at random, and what there was after each event. For tests. */
export interface RandomLog {
  readonly events: readonly PositionedEventView[];
  /** By position: at 0, before everything. */
  readonly states: readonly (readonly Incident[])[];
}

/** Positions without an event in `events` are those that one may not see. */
export function randomLog(seed: number, length: number): RandomLog {
  let state = seed;
  const below = (limit: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >>> 8) % limit;
  };
  const incidents = new Map<number, Incident>();
  const events: PositionedEventView[] = [];
  const states: (readonly Incident[])[] = [[]];

  for (let position = 1; position <= length; position++) {
    const event = happen(position);
    if (event !== undefined) {
      events.push(event);
    }
    states.push([...incidents.values()].sort((one, other) => other.id - one.id));
  }
  return { events, states };

  function happen(position: number): PositionedEventView | undefined {
    const time = new Date(Date.UTC(2026, 0, 1) + position * 1000).toISOString();
    const chosen = [...incidents.values()][below(Math.max(1, incidents.size))];
    switch (below(8)) {
      case 0:
        return undefined;
      case 1:
        return eventOf("presence.connected", { socketId: String(position) });
      case 2:
      case 3:
        return report();
      case 4:
        return chosen && assign(chosen);
      case 5:
        return chosen && resolveOrReopen(chosen);
      default:
        return chosen && edit(chosen);
    }

    function report() {
      const incident: Incident = {
        id: incidents.size + 1,
        title: `Incident ${incidents.size + 1}`,
        description: "",
        severity: SEVERITIES[below(6)] ?? "MISCHIEF",
        location: LOCATIONS[below(8)] ?? "HOGWARTS",
        status: "OPEN",
        reported_by: "harry",
        reported_at: time,
        assigned_to: null,
        updated_at: time,
        resolved_by: null,
        resolved_at: null,
        resolution: null,
        version: 1,
      };
      incidents.set(incident.id, incident);
      return eventOf("incident.created", incident);
    }

    function assign(incident: Incident) {
      const assigned_to = incident.assigned_to === null ? "hermione" : null;
      return eventOf("incident.assigned", {
        incidentId: incident.id,
        assignedTo: assigned_to,
        previousAssignee: incident.assigned_to,
        incident: save(incident, { assigned_to }),
      });
    }

    function edit(incident: Incident) {
      const changes = { severity: SEVERITIES[below(6)] ?? "MISCHIEF", title: `Edited at ${position}` };
      return eventOf("incident.updated", {
        id: incident.id,
        updatedFields: changes,
        previousValues: { severity: incident.severity, title: incident.title },
        incident: save(incident, changes),
      });
    }

    function resolveOrReopen(incident: Incident) {
      const { status, resolved_by, resolved_at, resolution } = incident;
      const changes =
        status === "RESOLVED"
          ? ({ status: "OPEN", resolved_by: null, resolved_at: null, resolution: null } as const)
          : ({ status: "RESOLVED", resolved_by: "albus", resolved_at: time, resolution: "done" } as const);
      return eventOf(status === "RESOLVED" ? "incident.updated" : "incident.resolved", {
        id: incident.id,
        incidentId: incident.id,
        previousValues: { status, resolved_by, resolved_at, resolution },
        incident: save(incident, changes),
      });
    }

    function save(incident: Incident, changes: Partial<Incident>): Incident {
      const saved = { ...incident, ...changes, updated_at: time, version: incident.version + 1 };
      incidents.set(saved.id, saved);
      return saved;
    }

    function eventOf(eventType: string, data: unknown): PositionedEventView {
      const metadata = { traceId: null, version: "1.0", actor: null };
      const event = { eventId: `event-${position}`, eventType, timestamp: time, source: "test" };
      return { position, event: { ...event, userId: null, metadata, data } };
    }
  }
}

/** All but when they were last changed: what came before the stretch of the log that was read does not say it. */
export function withoutTimes(
  incidents: readonly Incident[] | undefined,
): readonly Partial<Incident>[] | undefined {
  return incidents?.map((incident) => ({ ...incident, updated_at: "" }));
}
