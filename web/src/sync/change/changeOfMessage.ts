import type { Message, NotificationIds } from "../link/messages.ts";
import type { Incident } from "../model.ts";
import type { Change } from "./change.ts";

/** What a socket's message says has happened; nothing, where it tells a state. */
export function changeOfMessage({ name, payload }: Message): Change | undefined {
  switch (name) {
    case "incident:created":
      return { kind: "reported", incident: payload.incident, by: payload.createdBy ?? undefined };
    case "incident:updated":
      return {
        kind: "changed",
        incident: payload.incident,
        fields: fieldsOf(payload.changes),
        by: payload.updatedBy ?? undefined,
      };
    case "incident:changed":
      return {
        kind: "changed",
        incident: payload.incident,
        fields: fieldsOf(payload.changes),
        by: undefined,
      };
    case "incident:resolved":
      return { kind: "resolved", incident: payload.incident, by: payload.resolvedBy ?? undefined };
    case "escalation:critical":
      return { kind: "escalated", incident: payload.incident, by: payload.escalatedBy ?? undefined };
    case "comment:created":
      return { kind: "commented", comment: payload.comment };
    case "comment:deleted":
      return {
        kind: "comment-deleted",
        incidentId: Number(payload.incidentId),
        commentId: Number(payload.commentId),
      };
    case "notification:new":
      return { kind: "notified", notification: { ...payload, isRead: false, readAt: null } };
    case "notification:read":
      return { kind: "read", notificationIds: idsIn(payload) };
    case "notification:dismissed":
      return { kind: "dismissed", notificationIds: idsIn(payload) };
    default:
      return undefined;
  }
}

export function fieldsOf(changes: Partial<Incident>): readonly (keyof Incident)[] {
  return Object.keys(changes) as (keyof Incident)[];
}

export function idsIn({ notificationId, notificationIds = [] }: NotificationIds): readonly string[] {
  return notificationId === undefined ? notificationIds : [notificationId, ...notificationIds];
}
