import type { EventData } from "../../api/generated/events.ts";
import { isUrgentSeverity, type Person } from "../model.ts";
import { type Envelope, idsOf } from "./truth.ts";

/** Whom a message is for. */
export type Audience =
  | { readonly kind: "everyone" | "feed" | "aurors" }
  | { readonly kind: "room"; readonly incidentId: number };

export interface Announcement {
  readonly to: Audience;
  readonly name: string;
  readonly payload: unknown;
}

/** What the server tells sockets of an event: docs/sockets.md. */
export function announcementsOf({ eventType, data, metadata }: Envelope): readonly Announcement[] {
  const actor = metadata.actor as Person;
  switch (eventType as keyof EventData) {
    case "incident.created": {
      const incident = data as EventData["incident.created"];
      return [
        { to: { kind: "everyone" }, name: "incident:created", payload: { incident, createdBy: actor } },
        ...(isUrgentSeverity(incident.severity) ? [escalation(incident, actor)] : []),
      ];
    }
    case "incident.updated": {
      const { incident, updatedFields, previousValues } = data as EventData["incident.updated"];
      const room = { kind: "room", incidentId: incident.id } as const;
      const changes = updatedFields;
      const hasRisen =
        previousValues.severity !== undefined &&
        !isUrgentSeverity(previousValues.severity) &&
        isUrgentSeverity(incident.severity);
      return [
        {
          to: room,
          name: "incident:updated",
          payload: {
            incidentId: String(incident.id),
            changes,
            previous: previousValues,
            incident,
            updatedBy: actor,
          },
        },
        { to: { kind: "feed" }, name: "incident:changed", payload: { incident, changes } },
        ...(hasRisen ? [escalation(incident, actor)] : []),
      ];
    }
    case "incident.resolved": {
      const { incident, resolution } = data as EventData["incident.resolved"];
      const payload = { incidentId: String(incident.id), incident, resolvedBy: actor, resolution };
      return [{ to: { kind: "everyone" }, name: "incident:resolved", payload }];
    }
    case "comment.created": {
      const { commentId, incidentId, content, author, createdAt } = data as EventData["comment.created"];
      const comment = { id: commentId, incidentId, content, author, createdAt };
      const payload = { comment, incidentId: String(incidentId), author };
      return [{ to: { kind: "room", incidentId }, name: "comment:created", payload }];
    }
    case "comment.deleted": {
      const { commentId, incidentId } = data as EventData["comment.deleted"];
      const payload = { commentId: String(commentId), incidentId: String(incidentId) };
      return [{ to: { kind: "room", incidentId }, name: "comment:deleted", payload }];
    }
    // All notifications here are of the one user that there is a page for.
    case "notification.created": {
      const { notificationId, type, message, link, createdAt } = data as EventData["notification.created"];
      const payload = { id: notificationId, type, message, link, createdAt };
      return [{ to: { kind: "everyone" }, name: "notification:new", payload }];
    }
    case "notification.read":
    case "notification.dismissed": {
      const ids = idsOf(data as EventData["notification.read"]);
      const payload = ids.length === 1 ? { notificationId: ids[0] } : { notificationIds: ids };
      return [{ to: { kind: "everyone" }, name: eventType.replace(".", ":"), payload }];
    }
    default:
      return [];
  }
}

function escalation(
  incident: EventData["incident.created"] | EventData["incident.updated"]["incident"],
  by: Person,
) {
  const payload = { incidentId: String(incident.id), incident, escalatedBy: by };
  return { to: { kind: "aurors" }, name: "escalation:critical", payload } as const;
}
