// Made by build/generate-types.mjs; do not edit. Write it anew: npm run types
// From docs/openapi.json.

export type AnalyticsOverview = {
  readonly byLocation: Readonly<Record<string, number>>;
  readonly bySeverity: Readonly<Record<string, number>>;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly perDay: readonly (Day)[];
  readonly timeToResolve: TimeToResolve;
  readonly timeToResolveBySeverity: Readonly<Record<string, TimeToResolve>>;
  readonly total: number;
};

export type Assigning = {
  readonly userId: string | null;
};

export type AuditPage = {
  readonly count: number;
  readonly events: readonly (PositionedEventView)[];
  readonly nextCursor: string | null;
};

export type ChangePasswordRequest = {
  readonly newPassword: string;
  readonly oldPassword: string;
};

export type Comment = {
  readonly author: UserSnapshot;
  readonly content: string;
  readonly createdAt: string;
  readonly id: number;
  readonly incidentId: number;
};

export type CommentDraft = {
  readonly content: string;
};

export type CommentPage = {
  readonly comments: readonly (Comment)[];
  readonly count: number;
  readonly nextCursor: string | null;
};

export type Connected = {
  readonly consumer: Offset;
  readonly consumers: readonly (OffsetAndLag)[];
  readonly status: string;
};

export type ConsumerList = {
  readonly consumers: readonly (ConsumerStanding)[];
  readonly count: number;
};

export type ConsumerStanding = {
  readonly dead: number;
  readonly id: string;
  readonly lag: number;
  readonly lagSeconds: number;
  readonly node: string | null;
  readonly parked: number;
  readonly position: number;
  readonly state: "running" | "paused" | "parked" | "stopped";
};

export type Day = {
  readonly day: string;
  readonly reported: number;
  readonly resolved: number;
};

export type DeadLetterPage = {
  readonly count: number;
  readonly deadLetters: readonly (DeadLetterView)[];
  readonly nextCursor: string | null;
};

export type DeadLetterView = {
  readonly attempts: number;
  readonly consumer: string;
  readonly error: string | null;
  readonly event: EventEnvelope;
  readonly id: number;
  readonly key: string;
  readonly nextAttemptAt: string | null;
  readonly parkedAt: string;
  readonly position: number;
  readonly state: "retrying" | "waiting" | "dead";
  readonly topic: string;
};

export type DependencyView = {
  readonly detail: string;
  readonly status: string;
};

export type Disconnected = {
  readonly message: string;
  readonly status: string;
};

export type EventEnvelope = {
  readonly data: unknown;
  readonly eventId: string;
  readonly eventType: string;
  readonly metadata: EventMetadata;
  readonly source: string;
  readonly timestamp: string;
  readonly userId: string | null;
};

export type EventMetadata = {
  readonly actor: UserSnapshot | null;
  readonly traceId: string | null;
  readonly version: string;
};

export type EventPage = {
  readonly epoch: string;
  readonly events: readonly (PositionedEventView)[];
  readonly head: number;
  readonly hidden: number;
  readonly next: number;
};

export type Failed = {
  readonly error: string;
  readonly status: string;
};

export type FirstAdminRequest = {
  readonly token: string;
};

export type HealthView = {
  readonly dependencies: Readonly<Record<string, DependencyView>>;
  readonly startedAt: string;
  readonly status: string;
  readonly uptimeSeconds: number;
  readonly version: string;
};

export type Incident = {
  readonly assigned_to: string | null;
  readonly description: string;
  readonly id: number;
  readonly location: "HOGWARTS" | "HOGSMEADE" | "KNOCKTURN_ALLEY" | "FORBIDDEN_FOREST" | "MINISTRY" | "AZKABAN" | "DIAGON_ALLEY" | "PLATFORM_9_3_4";
  readonly reported_at: string;
  readonly reported_by: string;
  readonly resolution: string | null;
  readonly resolved_at: string | null;
  readonly resolved_by: string | null;
  readonly severity: "MISCHIEF" | "SUSPICIOUS" | "SERIOUS" | "DANGEROUS" | "CRITICAL" | "UNFORGIVABLE";
  readonly status: "OPEN" | "IN_PROGRESS" | "RESOLVED" | "ARCHIVED";
  readonly title: string;
  readonly updated_at: string;
  readonly version: number;
};

export type IncidentEdit = {
  readonly description?: string;
  readonly location?: "HOGWARTS" | "HOGSMEADE" | "KNOCKTURN_ALLEY" | "FORBIDDEN_FOREST" | "MINISTRY" | "AZKABAN" | "DIAGON_ALLEY" | "PLATFORM_9_3_4";
  readonly severity?: "MISCHIEF" | "SUSPICIOUS" | "SERIOUS" | "DANGEROUS" | "CRITICAL" | "UNFORGIVABLE";
  readonly status?: "OPEN" | "IN_PROGRESS" | "RESOLVED" | "ARCHIVED";
  readonly title?: string;
};

export type IncidentPage = {
  readonly count: number;
  readonly incidents: readonly (Incident)[];
  readonly nextCursor: string | null;
};

export type IncidentReport = {
  readonly description?: string | null;
  readonly location?: "HOGWARTS" | "HOGSMEADE" | "KNOCKTURN_ALLEY" | "FORBIDDEN_FOREST" | "MINISTRY" | "AZKABAN" | "DIAGON_ALLEY" | "PLATFORM_9_3_4" | null;
  readonly severity?: "MISCHIEF" | "SUSPICIOUS" | "SERIOUS" | "DANGEROUS" | "CRITICAL" | "UNFORGIVABLE" | null;
  readonly title: string;
};

export type IncidentTimeline = {
  readonly events: readonly (PositionedEventView)[];
  readonly nextCursor: string | null;
};

export type LoginRequest = {
  readonly email: string;
  readonly password: string;
};

export type LogoutRequest = {
  readonly refreshToken?: string | null;
};

export type Notification = {
  readonly createdAt: string;
  readonly id: string;
  readonly isRead: boolean;
  readonly link: string;
  readonly message: string;
  readonly readAt: string | null;
  readonly type: "mention" | "assignment" | "escalation";
};

export type NotificationCount = {
  readonly count: number;
};

export type NotificationPage = {
  readonly nextCursor: string | null;
  readonly notifications: readonly (Notification)[];
  readonly unreadCount: number;
};

export type Offset = {
  readonly currentOffset: number;
  readonly id: string;
  readonly stream: string;
  readonly topic: string;
};

export type OffsetAndLag = {
  readonly currentOffset: number;
  readonly id: string;
  readonly lag: number;
  readonly lagSeconds: number;
  readonly stream: string;
  readonly topic: string;
};

export type Online = {
  readonly byRole: Readonly<Record<string, number>>;
  readonly count: number;
  readonly users: readonly (UserSnapshot)[];
};

export type OnlineByRole = {
  readonly byRole: Readonly<Record<string, number>>;
  readonly total: number;
};

export type OwnSession = {
  readonly connectedAt: string;
  readonly currentRoom: string | null;
  readonly lastSeen: string;
  readonly socketId: string;
};

export type OwnSessions = {
  readonly count: number;
  readonly sessions: readonly (OwnSession)[];
};

export type PositionedEventView = {
  readonly event: EventEnvelope;
  readonly position: number;
};

export type Problem = {
  readonly code?: "MALFORMED_REQUEST" | "MALFORMED_JSON" | "VALIDATION_FAILED" | "INVALID_PARAMETER" | "UNAUTHENTICATED" | "TOKEN_EXPIRED" | "BAD_CREDENTIALS" | "FORBIDDEN" | "NOT_FOUND" | "METHOD_NOT_ALLOWED" | "NOT_ACCEPTABLE" | "REQUEST_TIMEOUT" | "CONFLICT" | "EVENTS_GONE" | "STALE_VERSION" | "PAYLOAD_TOO_LARGE" | "URI_TOO_LONG" | "UNSUPPORTED_MEDIA_TYPE" | "IDEMPOTENCY_KEY_REUSED" | "RATE_LIMITED" | "HEADERS_TOO_LARGE" | "INTERNAL_ERROR" | "UNAVAILABLE";
  readonly detail?: string;
  readonly errors?: readonly ({
    readonly field?: string;
    readonly message?: string;
  })[];
  readonly status?: number;
  readonly title?: string;
  readonly type?: string;
};

export type RefreshRequest = {
  readonly refreshToken: string;
};

export type RegisterRequest = {
  readonly email: string;
  readonly firstName: string;
  readonly house?: "GRYFFINDOR" | "SLYTHERIN" | "RAVENCLAW" | "HUFFLEPUFF" | null;
  readonly lastName: string;
  readonly password: string;
};

export type ResetRequest = {
  readonly position: number;
};

export type Resolving = {
  readonly resolution?: string | null;
};

export type RoleRequest = {
  readonly role: "STUDENT" | "PREFECT" | "AUROR" | "ADMIN";
};

export type SignedIn = {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly user: User;
};

export type TimeToResolve = {
  readonly averageSeconds: number | null;
  readonly count: number;
};

export type User = {
  readonly createdAt: string;
  readonly email: string;
  readonly firstName: string;
  readonly handle: string;
  readonly house: "GRYFFINDOR" | "SLYTHERIN" | "RAVENCLAW" | "HUFFLEPUFF" | null;
  readonly id: string;
  readonly lastName: string;
  readonly name: string;
  readonly role: "STUDENT" | "PREFECT" | "AUROR" | "ADMIN";
};

export type UserAnswer = {
  readonly user: User;
};

export type UserPage = {
  readonly count: number;
  readonly nextCursor: string | null;
  readonly users: readonly (User)[];
};

export type UserSnapshot = {
  readonly email: string;
  readonly firstName: string;
  readonly handle: string;
  readonly id: string;
  readonly lastName: string;
  readonly name: string;
  readonly role: string;
  readonly userId: string;
};

export type ViewedIncident = {
  readonly incidentId: number;
  readonly users: readonly (UserSnapshot)[];
};

export type ViewedIncidents = {
  readonly count: number;
  readonly incidents: readonly (ViewedIncident)[];
};

export type Viewers = {
  readonly count: number;
  readonly users: readonly (UserSnapshot)[];
};

/** What each route takes and answers. */
export type Routes = {
  "GET /api/analytics/overview": {
    readonly answer: AnalyticsOverview;
  };
  "GET /api/audit": {
    readonly query?: {
      readonly from?: string;
      readonly to?: string;
      readonly after?: number;
      readonly upTo?: number;
      readonly user?: string;
      readonly type?: readonly (string)[];
      readonly limit?: number;
      readonly cursor?: string;
    };
    readonly answer: AuditPage;
  };
  "PUT /api/auth/change-password": {
    readonly body: ChangePasswordRequest;
    readonly answer: undefined;
  };
  "POST /api/auth/first-admin": {
    readonly body: FirstAdminRequest;
    readonly answer: UserAnswer;
  };
  "POST /api/auth/login": {
    readonly body: LoginRequest;
    readonly answer: SignedIn;
  };
  "POST /api/auth/logout": {
    readonly body?: LogoutRequest;
    readonly answer: undefined;
  };
  "GET /api/auth/me": {
    readonly answer: UserAnswer;
  };
  "POST /api/auth/refresh": {
    readonly body: RefreshRequest;
    readonly answer: SignedIn;
  };
  "POST /api/auth/register": {
    readonly body: RegisterRequest;
    readonly answer: SignedIn;
  };
  "GET /api/events": {
    readonly query?: {
      readonly after?: number;
      readonly limit?: number;
    };
    readonly answer: EventPage;
  };
  "GET /api/incidents": {
    readonly query?: {
      readonly status?: readonly ("OPEN" | "IN_PROGRESS" | "RESOLVED" | "ARCHIVED")[];
      readonly severity?: readonly ("MISCHIEF" | "SUSPICIOUS" | "SERIOUS" | "DANGEROUS" | "CRITICAL" | "UNFORGIVABLE")[];
      readonly location?: readonly ("HOGWARTS" | "HOGSMEADE" | "KNOCKTURN_ALLEY" | "FORBIDDEN_FOREST" | "MINISTRY" | "AZKABAN" | "DIAGON_ALLEY" | "PLATFORM_9_3_4")[];
      readonly assignee?: string;
      readonly reporter?: string;
      readonly urgent?: boolean;
      readonly q?: string;
      readonly limit?: number;
      readonly cursor?: string;
    };
    readonly answer: IncidentPage;
  };
  "POST /api/incidents": {
    readonly body: IncidentReport;
    readonly answer: Incident;
  };
  "DELETE /api/incidents/{id}": {
    readonly path: {
      readonly id: number;
    };
    readonly body?: Resolving;
    readonly answer: Incident;
  };
  "GET /api/incidents/{id}": {
    readonly path: {
      readonly id: number;
    };
    readonly answer: Incident;
  };
  "PATCH /api/incidents/{id}": {
    readonly path: {
      readonly id: number;
    };
    readonly body: IncidentEdit;
    readonly answer: Incident;
  };
  "PUT /api/incidents/{id}": {
    readonly path: {
      readonly id: number;
    };
    readonly body: IncidentEdit;
    readonly answer: Incident;
  };
  "PUT /api/incidents/{id}/assignee": {
    readonly path: {
      readonly id: number;
    };
    readonly body: Assigning;
    readonly answer: Incident;
  };
  "GET /api/incidents/{id}/comments": {
    readonly path: {
      readonly id: number;
    };
    readonly query?: {
      readonly limit?: number;
      readonly cursor?: string;
    };
    readonly answer: CommentPage;
  };
  "POST /api/incidents/{id}/comments": {
    readonly path: {
      readonly id: number;
    };
    readonly body: CommentDraft;
    readonly answer: Comment;
  };
  "DELETE /api/incidents/{id}/comments/{commentId}": {
    readonly path: {
      readonly id: number;
      readonly commentId: number;
    };
    readonly answer: undefined;
  };
  "PATCH /api/incidents/{id}/resolve": {
    readonly path: {
      readonly id: number;
    };
    readonly body?: Resolving;
    readonly answer: Incident;
  };
  "GET /api/incidents/{id}/timeline": {
    readonly path: {
      readonly id: number;
    };
    readonly query?: {
      readonly limit?: number;
      readonly cursor?: string;
    };
    readonly answer: IncidentTimeline;
  };
  "GET /api/monitoring/consumers": {
    readonly answer: ConsumerList;
  };
  "POST /api/monitoring/consumers/{id}/reset": {
    readonly path: {
      readonly id: string;
    };
    readonly body: ResetRequest;
    readonly answer: ConsumerStanding;
  };
  "GET /api/monitoring/dead-letters": {
    readonly query?: {
      readonly limit?: number;
      readonly cursor?: string;
    };
    readonly answer: DeadLetterPage;
  };
  "POST /api/monitoring/dead-letters/{id}/redrive": {
    readonly path: {
      readonly id: number;
    };
    readonly answer: DeadLetterView;
  };
  "GET /api/monitoring/iggy-status": {
    readonly answer: Connected;
  };
  "GET /api/notifications": {
    readonly query?: {
      readonly unread?: boolean;
      readonly limit?: number;
      readonly cursor?: string;
    };
    readonly answer: NotificationPage;
  };
  "PATCH /api/notifications/read-all": {
    readonly answer: NotificationCount;
  };
  "GET /api/notifications/unread/count": {
    readonly answer: NotificationCount;
  };
  "DELETE /api/notifications/{id}": {
    readonly path: {
      readonly id: string;
    };
    readonly answer: undefined;
  };
  "PATCH /api/notifications/{id}/read": {
    readonly path: {
      readonly id: string;
    };
    readonly answer: Notification;
  };
  "GET /api/presence/current-user": {
    readonly answer: OwnSessions;
  };
  "GET /api/presence/incident/{id}": {
    readonly path: {
      readonly id: number;
    };
    readonly answer: Viewers;
  };
  "GET /api/presence/incidents": {
    readonly answer: ViewedIncidents;
  };
  "GET /api/presence/online": {
    readonly answer: Online;
  };
  "GET /api/presence/online/by-role": {
    readonly answer: OnlineByRole;
  };
  "GET /api/users": {
    readonly query?: {
      readonly q?: string;
      readonly limit?: number;
      readonly cursor?: string;
    };
    readonly answer: UserPage;
  };
  "PUT /api/users/{id}/role": {
    readonly path: {
      readonly id: string;
    };
    readonly body: RoleRequest;
    readonly answer: UserAnswer;
  };
  "GET /health": {
    readonly answer: HealthView;
  };
  "GET /health/ready": {
    readonly answer: HealthView;
  };
  "GET /metrics": {
    readonly answer: undefined;
  };
};
