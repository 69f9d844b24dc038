import type { EventData } from "../../api/generated/events.ts";

const TYPES: Readonly<Record<keyof EventData, true>> = {
  "incident.created": true,
  "incident.updated": true,
  "incident.assigned": true,
  "incident.resolved": true,
  "incident.archived": true,
  "comment.created": true,
  "comment.deleted": true,
  "presence.connected": true,
  "presence.disconnected": true,
  "presence.room_joined": true,
  "presence.room_left": true,
  "user.registered": true,
  "user.logged_in": true,
  "user.login_failed": true,
  "user.logged_out": true,
  "token.refreshed": true,
  "token.reuse_detected": true,
  "user.role_changed": true,
  "notification.created": true,
  "notification.read": true,
  "notification.dismissed": true,
};

/** All types of events that there are; a new one that is missing here does not compile. */
export const EVENT_TYPES = Object.keys(TYPES);

/** What they begin with. */
export const KINDS = [...new Set(EVENT_TYPES.map((type) => type.slice(0, type.indexOf("."))))];
