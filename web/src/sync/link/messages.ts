import type { Comment, Incident, Notification, Person, Role } from "../model.ts";

/** What the server tells over sockets: docs/sockets.md. Ids at the top of a payload are texts. */
export interface Messages {
  "incident:created": { readonly incident: Incident; readonly createdBy: Person | null };
  "incident:updated": {
    readonly incidentId: string;
    readonly changes: Partial<Incident>;
    readonly previous: Partial<Incident>;
    readonly incident: Incident;
    readonly updatedBy: Person | null;
  };
  "incident:changed": { readonly incident: Incident; readonly changes: Partial<Incident> };
  "incident:resolved": {
    readonly incidentId: string;
    readonly incident: Incident;
    readonly resolvedBy: Person | null;
    readonly resolution: string | null;
  };
  "escalation:critical": {
    readonly incidentId: string;
    readonly incident: Incident;
    readonly escalatedBy: Person | null;
  };
  "comment:created": { readonly comment: Comment; readonly incidentId: string; readonly author: Person };
  "comment:deleted": { readonly commentId: string; readonly incidentId: string };
  "notification:new": Omit<Notification, "isRead" | "readAt">;
  "notification:read": NotificationIds;
  "notification:dismissed": NotificationIds;
  "presence:join": { readonly userId: string; readonly user: Person; readonly room?: string };
  "presence:leave": { readonly userId: string; readonly user: Person; readonly room?: string };
  "presence:counts": {
    readonly total: number;
    readonly byRole: Partial<Record<Role, number>>;
    readonly stale: boolean;
  };
  "presence:typing": {
    readonly userId: string;
    readonly userName: string;
    readonly incidentId: string;
    readonly isTyping: boolean;
  };
  "log:position": { readonly position: number; readonly head: number };
  resync: { readonly position: number };
  "connection:acknowledged": Acknowledged;
}

export interface Acknowledged {
  readonly socketId: string;
  readonly user: Person;
  readonly position: number;
  readonly epoch: string;
  readonly recovered: boolean;
}

/** One, or several that went at once. */
export interface NotificationIds {
  readonly notificationId?: string;
  readonly notificationIds?: readonly string[];
}

/** A message as it came, by name. */
export type Message = {
  readonly [N in keyof Messages]: {
    readonly name: N;
    readonly payload: Messages[N];
    /** Where in the log it comes from; undefined for what tells a state. */
    readonly position: number | undefined;
  };
}[keyof Messages];

/** `<epoch>:<position>.<n>`: the position. */
export function positionOf(offset: unknown): number | undefined {
  const position = typeof offset === "string" ? /:(\d+)(?:\.\d+)?$/.exec(offset)?.[1] : undefined;
  return position === undefined ? undefined : Number(position);
}
