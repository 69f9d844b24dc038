import type { Incident, IncidentReport, User } from "../model.ts";
import type { Deed, Intent } from "./deed.ts";

/** An incident as it will be when the deeds on it are done. */
export function withDeeds(saved: Incident, deeds: readonly Deed[], me: User | undefined): Incident {
  let incident = saved;
  for (const { intent } of deeds) {
    incident = withIntent(incident, intent, me);
  }
  return incident;
}

function withIntent(incident: Incident, intent: Intent, me: User | undefined): Incident {
  switch (intent.kind) {
    case "edit":
      return { ...incident, ...intent.changes };
    case "start":
      return { ...incident, status: "IN_PROGRESS" };
    case "reopen":
      return { ...incident, status: "OPEN", resolved_by: null, resolved_at: null, resolution: null };
    case "archive":
      return { ...incident, status: "ARCHIVED" };
    case "resolve":
      return {
        ...incident,
        status: "RESOLVED",
        resolved_by: me?.id ?? null,
        resolution: intent.resolution ?? `Incident resolved by ${me?.name}`,
      };
    case "assign":
      return { ...incident, assigned_to: intent.userId };
    default:
      return incident;
  }
}

/** A report as the incident that it will be. */
export function draftOf(report: IncidentReport, since: number, me: User | undefined): Incident {
  const at = new Date(since).toISOString();
  return {
    id: 0,
    title: report.title,
    description: report.description ?? "",
    severity: report.severity ?? "MISCHIEF",
    location: report.location ?? "HOGWARTS",
    status: "OPEN",
    reported_by: me?.id ?? "",
    reported_at: at,
    assigned_to: null,
    updated_at: at,
    resolved_by: null,
    resolved_at: null,
    resolution: null,
    version: 0,
  };
}
