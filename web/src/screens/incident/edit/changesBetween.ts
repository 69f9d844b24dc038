import type { Incident, IncidentChanges } from "../../../sync/index.ts";

/** What of `wanted` is not so already. */
export function changesBetween(incident: Incident, wanted: IncidentChanges): IncidentChanges {
  const { title, description, severity, location } = wanted;
  return {
    ...(title !== undefined && title !== incident.title && { title }),
    ...(description !== undefined && description !== incident.description && { description }),
    ...(severity !== undefined && severity !== incident.severity && { severity }),
    ...(location !== undefined && location !== incident.location && { location }),
  };
}
