import type { EventData } from "../../api/generated/events.ts";
import type { PositionedEventView } from "../../api/generated/rest.ts";
import type { Person } from "../model.ts";
import type { Change } from "./change.ts";
import { fieldsOf, idsIn } from "./changeOfMessage.ts";

/** An event whose `eventType` tells of its `data`. */
type TypedEvent = {
  readonly [T in keyof EventData]: { readonly eventType: T; readonly data: EventData[T] };
}[keyof EventData];

/** What an event of the log says has happened; nothing, where the page does not show that. */
export function changeOfEvent({ event }: PositionedEventView): Change | undefined {
  const by = (event.metadata.actor ?? undefined) as Person | undefined;
  const typed = event as TypedEvent;
  switch (typed.eventType) {
    case "incident.created":
      return { kind: "reported", incident: typed.data, by };
    case "incident.updated": {
      const { incident, updatedFields } = typed.data;
      return { kind: "changed", incident, fields: fieldsOf(updatedFields), by };
    }
    case "incident.assigned":
      return { kind: "changed", incident: typed.data.incident, fields: ["assigned_to"], by };
    case "incident.archived":
      return { kind: "changed", incident: typed.data.incident, fields: ["status"], by };
    case "incident.resolved":
      return { kind: "resolved", incident: typed.data.incident, by };
    case "comment.created": {
      const { commentId, incidentId, content, author, createdAt } = typed.data;
      return { kind: "commented", comment: { id: commentId, incidentId, content, author, createdAt } };
    }
    case "comment.deleted":
      return { kind: "comment-deleted", incidentId: typed.data.incidentId, commentId: typed.data.commentId };
    case "notification.created": {
      const { notificationId, type, message, link, createdAt } = typed.data;
      return {
        kind: "notified",
        notification: { id: notificationId, type, message, link, createdAt, isRead: false, readAt: null },
      };
    }
    case "notification.read":
      return { kind: "read", notificationIds: idsIn(typed.data) };
    case "notification.dismissed":
      return { kind: "dismissed", notificationIds: idsIn(typed.data) };
    case "user.role_changed": {
      const { userId, role } = typed.data;
      return userId === undefined || role === undefined ? undefined : { kind: "role-changed", userId, role };
    }
    default:
      return undefined;
  }
}
