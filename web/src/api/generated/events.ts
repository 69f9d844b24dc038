// Made by build/generate-types.mjs; do not edit. Write it anew: npm run types
// From eventlog/src/main/resources/org/maraudersmap/eventlog/schemas.

/** An incident was reported. */
export type IncidentCreated = {
  /** Of an incident or a comment. */
  readonly id: number;
  readonly title: string;
  readonly description: string;
  /** From low to high. */
  readonly severity: "MISCHIEF" | "SUSPICIOUS" | "SERIOUS" | "DANGEROUS" | "CRITICAL" | "UNFORGIVABLE";
  readonly location: "HOGWARTS" | "HOGSMEADE" | "KNOCKTURN_ALLEY" | "FORBIDDEN_FOREST" | "MINISTRY" | "AZKABAN" | "DIAGON_ALLEY" | "PLATFORM_9_3_4";
  readonly status: "OPEN";
  readonly reported_by: string;
  /** ISO 8601, UTC, always with milliseconds. */
  readonly reported_at: string;
  readonly assigned_to: string | null;
  /** ISO 8601, UTC, always with milliseconds. */
  readonly updated_at: string;
  readonly resolved_by: string | null;
  readonly resolved_at: string | null;
  readonly resolution: string | null;
  /** Every event of an incident has one of its own, from 1. */
  readonly version: 1;
};

/** An incident was edited, started or reopened. */
export type IncidentUpdated = {
  /** What changed, as it is now. */
  readonly updatedFields: {
    /** Of an incident or a comment. */
    readonly id?: number;
    readonly title?: string;
    readonly description?: string;
    /** From low to high. */
    readonly severity?: "MISCHIEF" | "SUSPICIOUS" | "SERIOUS" | "DANGEROUS" | "CRITICAL" | "UNFORGIVABLE";
    readonly location?: "HOGWARTS" | "HOGSMEADE" | "KNOCKTURN_ALLEY" | "FORBIDDEN_FOREST" | "MINISTRY" | "AZKABAN" | "DIAGON_ALLEY" | "PLATFORM_9_3_4";
    readonly status?: "OPEN" | "IN_PROGRESS" | "RESOLVED" | "ARCHIVED";
    readonly reported_by?: string;
    /** ISO 8601, UTC, always with milliseconds. */
    readonly reported_at?: string;
    readonly assigned_to?: string | null;
    /** ISO 8601, UTC, always with milliseconds. */
    readonly updated_at?: string;
    readonly resolved_by?: string | null;
    readonly resolved_at?: string | null;
    readonly resolution?: string | null;
    /** Every event of an incident has one of its own, from 1. */
    readonly version?: number;
  };
  /** The same fields, as they were. */
  readonly previousValues: {
    /** Of an incident or a comment. */
    readonly id?: number;
    readonly title?: string;
    readonly description?: string;
    /** From low to high. */
    readonly severity?: "MISCHIEF" | "SUSPICIOUS" | "SERIOUS" | "DANGEROUS" | "CRITICAL" | "UNFORGIVABLE";
    readonly location?: "HOGWARTS" | "HOGSMEADE" | "KNOCKTURN_ALLEY" | "FORBIDDEN_FOREST" | "MINISTRY" | "AZKABAN" | "DIAGON_ALLEY" | "PLATFORM_9_3_4";
    readonly status?: "OPEN" | "IN_PROGRESS" | "RESOLVED" | "ARCHIVED";
    readonly reported_by?: string;
    /** ISO 8601, UTC, always with milliseconds. */
    readonly reported_at?: string;
    readonly assigned_to?: string | null;
    /** ISO 8601, UTC, always with milliseconds. */
    readonly updated_at?: string;
    readonly resolved_by?: string | null;
    readonly resolved_at?: string | null;
    readonly resolution?: string | null;
    /** Every event of an incident has one of its own, from 1. */
    readonly version?: number;
  };
  /** Of an incident or a comment. */
  readonly id: number;
  /** An incident as it was after the event: always whole. */
  readonly incident: {
    /** Of an incident or a comment. */
    readonly id: number;
    readonly title: string;
    readonly description: string;
    /** From low to high. */
    readonly severity: "MISCHIEF" | "SUSPICIOUS" | "SERIOUS" | "DANGEROUS" | "CRITICAL" | "UNFORGIVABLE";
    readonly location: "HOGWARTS" | "HOGSMEADE" | "KNOCKTURN_ALLEY" | "FORBIDDEN_FOREST" | "MINISTRY" | "AZKABAN" | "DIAGON_ALLEY" | "PLATFORM_9_3_4";
    readonly status: "OPEN" | "IN_PROGRESS" | "RESOLVED" | "ARCHIVED";
    readonly reported_by: string;
    /** ISO 8601, UTC, always with milliseconds. */
    readonly reported_at: string;
    readonly assigned_to: string | null;
    /** ISO 8601, UTC, always with milliseconds. */
    readonly updated_at: string;
    readonly resolved_by: string | null;
    readonly resolved_at: string | null;
    readonly resolution: string | null;
    /** Every event of an incident has one of its own, from 1. */
    readonly version: number;
  };
};

/** An incident was assigned to somebody else, or to nobody. */
export type IncidentAssigned = {
  /** Of an incident or a comment. */
  readonly incidentId: number;
  readonly assignedTo: string | null;
  readonly previousAssignee: string | null;
  /** An incident as it was after the event: always whole. */
  readonly incident: {
    /** Of an incident or a comment. */
    readonly id: number;
    readonly title: string;
    readonly description: string;
    /** From low to high. */
    readonly severity: "MISCHIEF" | "SUSPICIOUS" | "SERIOUS" | "DANGEROUS" | "CRITICAL" | "UNFORGIVABLE";
    readonly location: "HOGWARTS" | "HOGSMEADE" | "KNOCKTURN_ALLEY" | "FORBIDDEN_FOREST" | "MINISTRY" | "AZKABAN" | "DIAGON_ALLEY" | "PLATFORM_9_3_4";
    readonly status: "OPEN" | "IN_PROGRESS" | "RESOLVED" | "ARCHIVED";
    readonly reported_by: string;
    /** ISO 8601, UTC, always with milliseconds. */
    readonly reported_at: string;
    readonly assigned_to: string | null;
    /** ISO 8601, UTC, always with milliseconds. */
    readonly updated_at: string;
    readonly resolved_by: string | null;
    readonly resolved_at: string | null;
    readonly resolution: string | null;
    /** Every event of an incident has one of its own, from 1. */
    readonly version: number;
  };
};

/** An incident was resolved. */
export type IncidentResolved = {
  /** Of an incident or a comment. */
  readonly incidentId: number;
  readonly resolvedBy: string;
  /** ISO 8601, UTC, always with milliseconds. */
  readonly resolvedAt: string;
  readonly resolution: string;
  /** An incident as it was after the event: always whole. */
  readonly incident: {
    /** Of an incident or a comment. */
    readonly id: number;
    readonly title: string;
    readonly description: string;
    /** From low to high. */
    readonly severity: "MISCHIEF" | "SUSPICIOUS" | "SERIOUS" | "DANGEROUS" | "CRITICAL" | "UNFORGIVABLE";
    readonly location: "HOGWARTS" | "HOGSMEADE" | "KNOCKTURN_ALLEY" | "FORBIDDEN_FOREST" | "MINISTRY" | "AZKABAN" | "DIAGON_ALLEY" | "PLATFORM_9_3_4";
    readonly status: "RESOLVED";
    readonly reported_by: string;
    /** ISO 8601, UTC, always with milliseconds. */
    readonly reported_at: string;
    readonly assigned_to: string | null;
    /** ISO 8601, UTC, always with milliseconds. */
    readonly updated_at: string;
    readonly resolved_by: string | null;
    readonly resolved_at: string | null;
    readonly resolution: string | null;
    /** Every event of an incident has one of its own, from 1. */
    readonly version: number;
  };
  /** Any of the fields of an incident. */
  readonly previousValues: {
    /** Of an incident or a comment. */
    readonly id?: number;
    readonly title?: string;
    readonly description?: string;
    /** From low to high. */
    readonly severity?: "MISCHIEF" | "SUSPICIOUS" | "SERIOUS" | "DANGEROUS" | "CRITICAL" | "UNFORGIVABLE";
    readonly location?: "HOGWARTS" | "HOGSMEADE" | "KNOCKTURN_ALLEY" | "FORBIDDEN_FOREST" | "MINISTRY" | "AZKABAN" | "DIAGON_ALLEY" | "PLATFORM_9_3_4";
    readonly status: "OPEN" | "IN_PROGRESS" | "RESOLVED" | "ARCHIVED";
    readonly reported_by?: string;
    /** ISO 8601, UTC, always with milliseconds. */
    readonly reported_at?: string;
    readonly assigned_to?: string | null;
    /** ISO 8601, UTC, always with milliseconds. */
    readonly updated_at?: string;
    readonly resolved_by: string | null;
    readonly resolved_at: string | null;
    readonly resolution: string | null;
    /** Every event of an incident has one of its own, from 1. */
    readonly version?: number;
  };
};

/** A resolved incident was put away: it can be read and nothing more. */
export type IncidentArchived = {
  /** Of an incident or a comment. */
  readonly incidentId: number;
  /** An incident as it was after the event: always whole. */
  readonly incident: {
    /** Of an incident or a comment. */
    readonly id: number;
    readonly title: string;
    readonly description: string;
    /** From low to high. */
    readonly severity: "MISCHIEF" | "SUSPICIOUS" | "SERIOUS" | "DANGEROUS" | "CRITICAL" | "UNFORGIVABLE";
    readonly location: "HOGWARTS" | "HOGSMEADE" | "KNOCKTURN_ALLEY" | "FORBIDDEN_FOREST" | "MINISTRY" | "AZKABAN" | "DIAGON_ALLEY" | "PLATFORM_9_3_4";
    readonly status: "ARCHIVED";
    readonly reported_by: string;
    /** ISO 8601, UTC, always with milliseconds. */
    readonly reported_at: string;
    readonly assigned_to: string | null;
    /** ISO 8601, UTC, always with milliseconds. */
    readonly updated_at: string;
    readonly resolved_by: string | null;
    readonly resolved_at: string | null;
    readonly resolution: string | null;
    /** Every event of an incident has one of its own, from 1. */
    readonly version: number;
  };
  /** Any of the fields of an incident. */
  readonly previousValues: {
    /** Of an incident or a comment. */
    readonly id?: number;
    readonly title?: string;
    readonly description?: string;
    /** From low to high. */
    readonly severity?: "MISCHIEF" | "SUSPICIOUS" | "SERIOUS" | "DANGEROUS" | "CRITICAL" | "UNFORGIVABLE";
    readonly location?: "HOGWARTS" | "HOGSMEADE" | "KNOCKTURN_ALLEY" | "FORBIDDEN_FOREST" | "MINISTRY" | "AZKABAN" | "DIAGON_ALLEY" | "PLATFORM_9_3_4";
    readonly status: "OPEN" | "IN_PROGRESS" | "RESOLVED" | "ARCHIVED";
    readonly reported_by?: string;
    /** ISO 8601, UTC, always with milliseconds. */
    readonly reported_at?: string;
    readonly assigned_to?: string | null;
    /** ISO 8601, UTC, always with milliseconds. */
    readonly updated_at?: string;
    readonly resolved_by?: string | null;
    readonly resolved_at?: string | null;
    readonly resolution?: string | null;
    /** Every event of an incident has one of its own, from 1. */
    readonly version?: number;
  };
};

/** Somebody commented on an incident. */
export type CommentCreated = {
  /** Of an incident or a comment. */
  readonly commentId: number;
  /** Of an incident or a comment. */
  readonly incidentId: number;
  readonly content: string;
  /** A user as he was when the event happened. id and userId are the same value. */
  readonly author: {
    readonly id: string;
    readonly userId: string;
    readonly email: string;
    readonly handle: string;
    /** First and last name. */
    readonly name: string;
    readonly firstName: string;
    readonly lastName: string;
    readonly role: "STUDENT" | "PREFECT" | "AUROR" | "ADMIN";
  };
  /** ISO 8601, UTC, always with milliseconds. */
  readonly createdAt: string;
  /** Ids of the users who are mentioned as @handle, in the order of the text. */
  readonly mentions: readonly (string)[];
};

/** A comment was deleted. */
export type CommentDeleted = {
  /** Of an incident or a comment. */
  readonly commentId: number;
  /** Of an incident or a comment. */
  readonly incidentId: number;
};

/** A socket of a user connected. */
export type PresenceConnected = {
  readonly socketId: string;
  /** A user as he was when the event happened. id and userId are the same value. */
  readonly user: {
    readonly id: string;
    readonly userId: string;
    readonly email: string;
    readonly handle: string;
    /** First and last name. */
    readonly name: string;
    readonly firstName: string;
    readonly lastName: string;
    readonly role: "STUDENT" | "PREFECT" | "AUROR" | "ADMIN";
  };
};

/** A socket of a user is gone, out of its room too if it was in one. */
export type PresenceDisconnected = {
  readonly socketId: string;
  /** As the Socket.IO client names it, such as "transport close"; "server lost" if its server died. */
  readonly reason: string;
};

/** A socket entered a room. */
export type PresenceRoomJoined = {
  readonly socketId: string;
  readonly room: string;
};

/** A socket left a room. */
export type PresenceRoomLeft = {
  readonly socketId: string;
  readonly room: string;
};

/** Somebody made himself an account. */
export type UserRegistered = {
  readonly userId: string;
  readonly email: string;
  readonly reason?: string | null;
  readonly role?: "STUDENT" | "PREFECT" | "AUROR" | "ADMIN" | null;
  readonly previousRole?: "STUDENT" | "PREFECT" | "AUROR" | "ADMIN" | null;
};

/** A user logged in. */
export type UserLoggedIn = {
  readonly userId: string;
  readonly email: string;
  readonly reason?: string | null;
  readonly role?: "STUDENT" | "PREFECT" | "AUROR" | "ADMIN" | null;
  readonly previousRole?: "STUDENT" | "PREFECT" | "AUROR" | "ADMIN" | null;
};

/** Somebody tried to log in and could not; userId is there if the mail is somebody's. */
export type UserLoginFailed = {
  readonly userId?: string | null;
  readonly email: string;
  readonly reason: string;
  readonly role?: "STUDENT" | "PREFECT" | "AUROR" | "ADMIN" | null;
  readonly previousRole?: "STUDENT" | "PREFECT" | "AUROR" | "ADMIN" | null;
};

/** A user ended sessions of his: by logging out, or by changing his password. */
export type UserLoggedOut = {
  readonly userId: string;
  readonly email?: string | null;
  readonly reason?: string | null;
  readonly role?: "STUDENT" | "PREFECT" | "AUROR" | "ADMIN" | null;
  readonly previousRole?: "STUDENT" | "PREFECT" | "AUROR" | "ADMIN" | null;
};

/** A session got new tokens. */
export type TokenRefreshed = {
  readonly userId: string;
  readonly email?: string | null;
  readonly reason?: string | null;
  readonly role?: "STUDENT" | "PREFECT" | "AUROR" | "ADMIN" | null;
  readonly previousRole?: "STUDENT" | "PREFECT" | "AUROR" | "ADMIN" | null;
};

/** A refresh token came a second time: its whole family was revoked. */
export type TokenReuseDetected = {
  readonly userId: string;
  readonly email?: string | null;
  readonly reason?: string | null;
  readonly role?: "STUDENT" | "PREFECT" | "AUROR" | "ADMIN" | null;
  readonly previousRole?: "STUDENT" | "PREFECT" | "AUROR" | "ADMIN" | null;
};

/** A user got another role. */
export type UserRoleChanged = {
  readonly userId: string;
  readonly email?: string | null;
  readonly reason?: string | null;
  readonly role: "STUDENT" | "PREFECT" | "AUROR" | "ADMIN";
  readonly previousRole: "STUDENT" | "PREFECT" | "AUROR" | "ADMIN";
};

/** A user was notified of something. */
export type NotificationCreated = {
  readonly notificationId: string;
  /** The owner's. */
  readonly userId: string;
  readonly type: "mention" | "assignment" | "escalation";
  readonly message: string;
  /** Such as /incidents/42 or /incidents/42#comment-7. */
  readonly link: string;
  /** ISO 8601, UTC, always with milliseconds. */
  readonly createdAt: string;
};

/** A user read notifications of his. */
export type NotificationRead = {
  readonly notificationId?: string;
  /** The owner's. */
  readonly userId: string;
  /** Where several went at once. */
  readonly notificationIds?: readonly (string)[];
};

/** Notifications of a user are gone: he dismissed them, or the comment that they told of was deleted. */
export type NotificationDismissed = {
  readonly notificationId?: string;
  /** The owner's. */
  readonly userId: string;
  /** Where several went at once. */
  readonly notificationIds?: readonly (string)[];
};

/** The `data` of each type of event. */
export type EventData = {
  readonly "incident.created": IncidentCreated;
  readonly "incident.updated": IncidentUpdated;
  readonly "incident.assigned": IncidentAssigned;
  readonly "incident.resolved": IncidentResolved;
  readonly "incident.archived": IncidentArchived;
  readonly "comment.created": CommentCreated;
  readonly "comment.deleted": CommentDeleted;
  readonly "presence.connected": PresenceConnected;
  readonly "presence.disconnected": PresenceDisconnected;
  readonly "presence.room_joined": PresenceRoomJoined;
  readonly "presence.room_left": PresenceRoomLeft;
  readonly "user.registered": UserRegistered;
  readonly "user.logged_in": UserLoggedIn;
  readonly "user.login_failed": UserLoginFailed;
  readonly "user.logged_out": UserLoggedOut;
  readonly "token.refreshed": TokenRefreshed;
  readonly "token.reuse_detected": TokenReuseDetected;
  readonly "user.role_changed": UserRoleChanged;
  readonly "notification.created": NotificationCreated;
  readonly "notification.read": NotificationRead;
  readonly "notification.dismissed": NotificationDismissed;
};
