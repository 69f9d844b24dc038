import { type Incident, isUrgentSeverity } from "../model.ts";
import type { IncidentFilter } from "../sync.ts";

type Test = (incident: Incident) => boolean;

/** Says of an incident whether a filter lets it through. */
export function matcherOf(filter: IncidentFilter): Test {
  const { status, severity, location, assignee, reporter, urgent, text = "" } = filter;
  const tests: Test[] = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "")
    .map((word) => (incident) => isAbout(incident, word));
  // Only what is asked: it is asked of thousands, with every change of any.
  if (status !== undefined && status.length > 0) {
    tests.unshift((incident) => status.includes(incident.status));
  }
  if (severity !== undefined && severity.length > 0) {
    tests.unshift((incident) => severity.includes(incident.severity));
  }
  if (location !== undefined && location.length > 0) {
    tests.unshift((incident) => location.includes(incident.location));
  }
  if (assignee !== undefined) {
    tests.unshift((incident) => incident.assigned_to === assignee);
  }
  if (reporter !== undefined) {
    tests.unshift((incident) => incident.reported_by === reporter);
  }
  if (urgent !== undefined) {
    tests.unshift((incident) => isUrgentSeverity(incident.severity) === urgent);
  }
  return (incident) => tests.every((test) => test(incident));
}

function isAbout(incident: Incident, word: string): boolean {
  return textOf(incident).includes(word) || word === `#${incident.id}`;
}

/** Made once for each: a search looks through all of them with every change of any. */
const texts = new WeakMap<Incident, string>();

function textOf(incident: Incident): string {
  const known = texts.get(incident);
  if (known !== undefined) {
    return known;
  }
  const text = `${incident.title}\n${incident.description}`.toLowerCase();
  texts.set(incident, text);
  return text;
}
