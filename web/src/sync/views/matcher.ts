import { type Incident, isUrgentSeverity } from "../model.ts";
import type { IncidentFilter } from "../sync.ts";

/** Says of an incident whether a filter lets it through. */
export function matcherOf(filter: IncidentFilter): (incident: Incident) => boolean {
  const words = (filter.text ?? "")
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return (incident) =>
    isAmong(filter.status, incident.status) &&
    isAmong(filter.severity, incident.severity) &&
    isAmong(filter.location, incident.location) &&
    isWanted(filter.assignee, incident.assigned_to) &&
    isWanted(filter.reporter, incident.reported_by) &&
    isWanted(filter.urgent, isUrgentSeverity(incident.severity)) &&
    words.every((word) => isAbout(incident, word));
}

function isAmong<T>(wanted: readonly T[] | undefined, value: T): boolean {
  return wanted === undefined || wanted.length === 0 || wanted.includes(value);
}

function isWanted<T>(wanted: T | undefined, value: T | null): boolean {
  return wanted === undefined || wanted === value;
}

function isAbout(incident: Incident, word: string): boolean {
  return (
    word === `#${incident.id}` ||
    incident.title.toLowerCase().includes(word) ||
    incident.description.toLowerCase().includes(word)
  );
}
