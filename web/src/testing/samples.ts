import type { Comment, Incident, Notification, Person, User } from "../sync/index.ts";

/** Harry, unless told otherwise. */
export function aUser(changes: Partial<User> = {}): User {
  const firstName = changes.firstName ?? "Harry";
  const lastName = changes.lastName ?? "Potter";
  const handle = `${firstName}.${lastName}`.toLowerCase();
  return {
    id: handle,
    email: `${handle}@hogwarts.edu`,
    handle,
    firstName,
    lastName,
    name: `${firstName} ${lastName}`,
    role: "PREFECT",
    house: "GRYFFINDOR",
    createdAt: "2024-01-15T14:30:00.000Z",
    ...changes,
  };
}

export const HERMIONE = aUser({ firstName: "Hermione", lastName: "Granger" });

export function asPerson(user: User): Person {
  return { ...user, userId: user.id };
}

export function anIncident(changes: Partial<Incident> = {}): Incident {
  const id = changes.id ?? 42;
  return {
    id,
    title: `Incident ${id}`,
    description: "",
    severity: "SERIOUS",
    location: "HOGWARTS",
    status: "OPEN",
    reported_by: HERMIONE.id,
    reported_at: "2024-01-15T14:30:00.000Z",
    assigned_to: null,
    updated_at: "2024-01-15T14:30:00.000Z",
    resolved_by: null,
    resolved_at: null,
    resolution: null,
    version: 1,
    ...changes,
  };
}

export function aComment(changes: Partial<Comment> = {}): Comment {
  return {
    id: 1,
    incidentId: 42,
    content: "Look at this.",
    author: asPerson(HERMIONE),
    createdAt: "2024-01-15T15:00:00.000Z",
    ...changes,
  };
}

export function aNotification(changes: Partial<Notification> = {}): Notification {
  return {
    id: "n1",
    type: "mention",
    message: "Hermione Granger mentioned you in “Incident 42”",
    link: "/incidents/42#comment-7",
    createdAt: "2024-01-15T15:00:00.000Z",
    isRead: false,
    readAt: null,
    ...changes,
  };
}
