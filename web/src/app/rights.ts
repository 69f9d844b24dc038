import { type Comment, type Incident, ROLES, type Role, type Status, type User } from "../sync/index.ts";

/** What the page offers to whom. The server decides; this only spares people a refusal. */

export function isAtLeast(user: { readonly role: Role }, role: Role): boolean {
  return ROLES.indexOf(user.role) >= ROLES.indexOf(role);
}

/** Whether it is his: reported by him, or assigned to him. */
export function isOf(user: User, incident: Incident): boolean {
  return incident.reported_by === user.id || incident.assigned_to === user.id;
}

export function mayEdit(user: User, incident: Incident): boolean {
  return incident.status !== "ARCHIVED" && (isAtLeast(user, "PREFECT") || isOf(user, incident));
}

export function mayAssign(user: User, incident: Incident): boolean {
  return incident.status !== "ARCHIVED" && isAtLeast(user, "PREFECT");
}

export function mayDelete(user: User, comment: Comment): boolean {
  return comment.author.id === user.id || isAtLeast(user, "AUROR");
}

/** A deed that takes an incident to another status. */
export type Step = "start" | "resolve" | "reopen" | "archive";

const STEPS: Readonly<Record<Status, readonly Step[]>> = {
  OPEN: ["start", "resolve"],
  IN_PROGRESS: ["resolve", "reopen"],
  RESOLVED: ["reopen", "archive"],
  ARCHIVED: [],
};

/** Where he may take it from here. */
export function stepsFor(user: User, incident: Incident): readonly Step[] {
  return STEPS[incident.status].filter((step) =>
    step === "archive" ? isAtLeast(user, "AUROR") : mayEdit(user, incident),
  );
}
