import type { Api } from "../api/api.ts";
import type { PositionedEventView } from "../api/generated/rest.ts";
import type { Live } from "../live/live.ts";
import type { Connection } from "./connection.ts";
import type { Conflict, Deed, IncidentChanges, Intent, Outcome } from "./deeds/deed.ts";
import type {
  Comment,
  Incident,
  Location,
  Notification,
  Person,
  Role,
  Severity,
  Status,
  User,
} from "./model.ts";
import type { Session } from "./session/session.ts";

/**
 * The page's one copy of what the server has, kept current, and the one way to change it. Everything that is read is
 * `Live`; asking twice for the same gives the same object.
 */
export interface Sync {
  readonly session: Session;
  readonly connection: Live<Connection>;
  /** Tries to connect at once, instead of when the countdown ends. */
  retryNow(): void;
  /** Up to where of the log the page is complete, and the newest position that it has heard of. */
  readonly log: Live<LogStanding>;

  readonly incidents: Incidents;
  readonly threads: Threads;
  readonly notifications: Live<Notifications>;
  readonly presence: Presence;
  readonly people: People;
  readonly deeds: Deeds;
  /** What has just happened, once each, for toasts, sounds and marks that pulse. */
  readonly news: NewsSource;

  /**
   * Somebody looks at an incident: from now on its thread, its viewers and its typists are current and the others see him
   * there. Gives the way to leave it again. The last one that was entered counts: one at a time.
   */
  enterIncident(id: number): () => void;
  /** He has typed a letter in the thread that he has entered, or has stopped. Call it as often as you like. */
  tellTyping(incidentId: number, isTyping: boolean): void;

  /** For what is not kept here: analytics, audit, the log itself, monitoring. */
  readonly api: Api;
}

export interface LogStanding {
  readonly epoch: string | undefined;
  readonly position: number;
  readonly head: number;
}

/** Which incidents; what is missing does not count. */
export interface IncidentFilter {
  readonly status?: readonly Status[] | undefined;
  readonly severity?: readonly Severity[] | undefined;
  readonly location?: readonly Location[] | undefined;
  readonly assignee?: string | undefined;
  readonly reporter?: string | undefined;
  /** Only those that are urgent, or only those that are not. */
  readonly urgent?: boolean | undefined;
  /** Words that all occur in title or description, or `#42`. */
  readonly text?: string | undefined;
}

export interface IncidentRow {
  /** The same from the first moment on, also when a report gets its id: for React. */
  readonly key: string;
  /** As it is to be shown: what the server has, with one's own pending deeds over it. Before it has an id, that is 0. */
  readonly incident: Incident;
  /** What the server has; undefined while it is only reported here. */
  readonly saved: Incident | undefined;
  /** One's own deeds that are not confirmed yet (then it is shown a hair lighter), and those that were refused. */
  readonly deeds: readonly Deed[];
}

export interface IncidentCounts {
  readonly total: number;
  readonly urgent: number;
  readonly byStatus: Readonly<Record<Status, number>>;
  /** Active ones that are assigned to, or were reported by, whoever is signed in. */
  readonly mine: number;
}

export interface Incidents {
  /** Newest first. */
  list(filter: IncidentFilter): Live<readonly IncidentRow[]>;
  one(id: number): Live<IncidentRow | undefined>;
  readonly counts: Live<IncidentCounts>;
  /** False until all are there; the newest come first. */
  readonly isComplete: Live<boolean>;
}

export interface CommentRow {
  readonly key: string;
  /** Before it has an id, that is 0. */
  readonly comment: Comment;
  readonly deeds: readonly Deed[];
}

export interface Thread {
  /** `missing`: there is no such incident. */
  readonly state: "loading" | "loaded" | "missing";
  /** Oldest first. */
  readonly comments: readonly CommentRow[];
}

export interface Timeline {
  readonly isLoaded: boolean;
  /** Everything that happened to the incident, oldest first. */
  readonly events: readonly PositionedEventView[];
}

export interface Threads {
  /** Current while the incident is entered; as it was then, afterwards. */
  of(incidentId: number): Live<Thread>;
  /** Loaded when it is first subscribed to, and current while it is. */
  timelineOf(incidentId: number): Live<Timeline>;
}

export interface Notifications {
  /** Newest first. */
  readonly items: readonly Notification[];
  readonly unread: number;
}

export interface PresenceCounts {
  readonly total: number;
  readonly byRole: Readonly<Record<Role, number>>;
  /** So many come and go that the server tells numbers only. */
  readonly stale: boolean;
}

export interface Typist {
  readonly userId: string;
  readonly name: string;
}

export interface Presence {
  readonly counts: Live<PresenceCounts>;
  /** By name. */
  readonly online: Live<readonly Person[]>;
  /** Who looks at the incident that is entered, oneself included; by name. */
  viewersOf(incidentId: number): Live<readonly Person[]>;
  /** The others who are typing there, in the order in which they began. */
  typistsOf(incidentId: number): Live<readonly Typist[]>;
}

export interface People {
  /** Undefined until he is known; looked up if need be. */
  one(userId: string): Live<Person | undefined>;
  /** By the beginning of a name or handle, for mentions and assignment. */
  search(text: string): Promise<readonly User[]>;
}

/** What one has just asked for. */
export interface Doing {
  readonly deed: Deed;
  readonly outcome: Promise<Outcome>;
  /** Takes it back, as long as it is held; says whether it could. */
  undo(): boolean;
}

export interface Deeds {
  /** Shows it at once and sends it. `holdFor` milliseconds it can be undone, and nothing is sent. */
  begin(intent: Intent, holdFor?: number): Doing;
  /** Tries a failed one again. */
  retry(deedId: string): void;
  /** Forgets a failed one. */
  discard(deedId: string): void;
  /** Ends a conflict: `chosen` is saved over what the other one saved. */
  settle(deedId: string, conflict: Conflict, chosen: IncidentChanges): Doing;
  /** Pending, held and failed ones, oldest first. */
  readonly open: Live<readonly Deed[]>;
}

/** `by` is undefined where the server does not say it. */
export type News =
  | {
      readonly kind: "reported" | "resolved" | "escalated";
      readonly incident: Incident;
      readonly by: Person | undefined;
    }
  | {
      readonly kind: "changed";
      readonly incident: Incident;
      readonly fields: readonly (keyof Incident)[];
      readonly by: Person | undefined;
    }
  /** In the thread that is entered; while the log is caught up with, in any. */
  | { readonly kind: "commented"; readonly comment: Comment }
  | { readonly kind: "notified"; readonly notification: Notification };

/** Something that happened, and how it came to be known. */
export type NewsItem = News & {
  /** One's own deed, in whatever tab: nobody is notified of those. */
  readonly own: boolean;
  /** Heard as it happened; false where it was missed and caught up with. */
  readonly live: boolean;
};

export interface NewsSource {
  subscribe(listener: (item: NewsItem) => void): () => void;
}
