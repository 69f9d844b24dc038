import type {
  Comment,
  Incident,
  IncidentReport,
  Notification,
  User,
  UserSnapshot,
} from "../api/generated/rest.ts";

export type { Comment, Incident, IncidentReport, Notification, User };

export type Severity = Incident["severity"];
export type Location = Incident["location"];
export type Status = Incident["status"];
export type Role = User["role"];
export type House = NonNullable<User["house"]>;

/** Somebody as he is told in events and answers. */
export type Person = Omit<UserSnapshot, "role"> & { readonly role: Role };

/** From low to high. */
export const SEVERITIES: readonly Severity[] = [
  "MISCHIEF",
  "SUSPICIOUS",
  "SERIOUS",
  "DANGEROUS",
  "CRITICAL",
  "UNFORGIVABLE",
];

export const LOCATIONS: readonly Location[] = [
  "HOGWARTS",
  "HOGSMEADE",
  "KNOCKTURN_ALLEY",
  "FORBIDDEN_FOREST",
  "MINISTRY",
  "AZKABAN",
  "DIAGON_ALLEY",
  "PLATFORM_9_3_4",
];

export const STATUSES: readonly Status[] = ["OPEN", "IN_PROGRESS", "RESOLVED", "ARCHIVED"];

export const HOUSES: readonly House[] = ["GRYFFINDOR", "SLYTHERIN", "RAVENCLAW", "HUFFLEPUFF"];

export const ROLES: readonly Role[] = ["STUDENT", "PREFECT", "AUROR", "ADMIN"];

/** CRITICAL or above, and not done with. */
export function isUrgent(incident: Incident): boolean {
  return isUrgentSeverity(incident.severity) && isActive(incident);
}

/** CRITICAL or above. */
export function isUrgentSeverity(severity: Severity): boolean {
  return severity === "CRITICAL" || severity === "UNFORGIVABLE";
}

/** Neither resolved nor archived. */
export function isActive(incident: Incident): boolean {
  return incident.status === "OPEN" || incident.status === "IN_PROGRESS";
}
