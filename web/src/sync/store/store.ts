import type { Change } from "../change/change.ts";
import type { Comment, Incident, Notification, Person } from "../model.ts";
import { Known } from "./known.ts";
import type { Updates } from "./updates.ts";

/** A thread that is or was looked at. */
export interface StoredThread {
  state: "loading" | "loaded" | "missing";
  readonly comments: Known<number, Comment>;
}

/** How many threads are kept for who comes back to them. */
const THREADS_KEPT = 20;

/**
 * What the server has, as far as the page knows. Every change may be applied again, and in any order: of two states of an
 * incident `version` decides, other things are there or gone for good. So all that remains to be seen to is that no change
 * is missed.
 */
export class Store {
  readonly #updates: Updates;
  #incidents = new Map<number, Incident>();
  #newestFirst: number[] = [];
  #threads = new Map<number, StoredThread>();
  #notifications = new Known<string, Notification>();
  #read = new Set<string>();
  #people = new Map<string, Person>();
  #isComplete = false;

  constructor(updates: Updates) {
    this.#updates = updates;
  }

  /** Forgets everything. */
  clear(): void {
    this.#incidents = new Map();
    this.#newestFirst = [];
    // Those that are looked at are loaded anew.
    this.#threads = new Map();
    this.#notifications = new Known();
    this.#read = new Set();
    this.#people = new Map();
    this.#isComplete = false;
    this.#updates.touch("incidents", "threads", "notifications", "people");
  }

  // Reading

  incident(id: number): Incident | undefined {
    return this.#incidents.get(id);
  }

  get newestFirst(): readonly number[] {
    return this.#newestFirst;
  }

  /** All incidents are there. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  thread(incidentId: number): StoredThread | undefined {
    return this.#threads.get(incidentId);
  }

  get notifications(): Known<string, Notification> {
    return this.#notifications;
  }

  person(id: string): Person | undefined {
    return this.#people.get(id);
  }

  // Changing

  /** Says whether it was news. */
  apply(change: Change, position: number): boolean {
    switch (change.kind) {
      case "reported":
      case "changed":
      case "resolved":
      case "escalated":
        this.meet(change.by);
        return this.putIncident(change.incident);
      case "commented":
        this.meet(change.comment.author as Person);
        return this.#touchIf(
          this.#threads
            .get(change.comment.incidentId)
            ?.comments.add(change.comment.id, change.comment, position),
          "threads",
        );
      case "comment-deleted":
        return this.#touchIf(
          this.#threads.get(change.incidentId)?.comments.remove(change.commentId),
          "threads",
        );
      case "notified": {
        const { notification } = change;
        const isNew = this.#notifications.add(notification.id, this.#asRead(notification), position);
        return this.#touchIf(isNew, "notifications");
      }
      case "read":
        this.markRead(change.notificationIds);
        return false;
      case "dismissed":
        for (const id of change.notificationIds) {
          this.#notifications.remove(id);
        }
        this.#updates.touch("notifications");
        return false;
      case "role-changed": {
        const person = this.#people.get(change.userId);
        if (person !== undefined) {
          this.meet({ ...person, role: change.role });
        }
        return false;
      }
    }
  }

  putIncident(incident: Incident): boolean {
    const known = this.#incidents.get(incident.id);
    if (known !== undefined && known.version >= incident.version) {
      return false;
    }
    this.#incidents.set(incident.id, incident);
    if (known === undefined) {
      this.#insert(incident.id);
    }
    this.#updates.touch("incidents");
    return true;
  }

  /** Nearly always at the front: ids grow. */
  #insert(id: number): void {
    let place = 0;
    let end = this.#newestFirst.length;
    while (place < end) {
      const middle = (place + end) >> 1;
      if ((this.#newestFirst[middle] ?? 0) > id) {
        place = middle + 1;
      } else {
        end = middle;
      }
    }
    this.#newestFirst.splice(place, 0, id);
  }

  setComplete(): void {
    this.#isComplete = true;
    this.#updates.touch("incidents");
  }

  /** From now on its comments are heard of. */
  openThread(incidentId: number): StoredThread {
    const thread: StoredThread = this.#threads.get(incidentId) ?? { state: "loading", comments: new Known() };
    // The youngest at the end.
    this.#threads.delete(incidentId);
    this.#threads.set(incidentId, thread);
    const [oldest] = this.#threads.keys();
    if (this.#threads.size > THREADS_KEPT && oldest !== undefined) {
      this.#threads.delete(oldest);
    }
    this.#updates.touch("threads");
    return thread;
  }

  mergeThread(incidentId: number, comments: readonly Comment[], position: number, mark: number): void {
    const thread = this.openThread(incidentId);
    thread.state = "loaded";
    thread.comments.merge(new Map(comments.map((comment) => [comment.id, comment])), position, mark);
    for (const { author } of comments) {
      this.meet(author as Person);
    }
  }

  setThreadMissing(incidentId: number): void {
    this.openThread(incidentId).state = "missing";
  }

  addCommentOfAnswer(comment: Comment): void {
    this.#threads.get(comment.incidentId)?.comments.addUnplaced(comment.id, comment);
    this.#updates.touch("threads");
  }

  mergeNotifications(notifications: readonly Notification[], position: number, mark: number): void {
    const merged = notifications.map((each) => [each.id, this.#asRead(each)] as const);
    this.#notifications.merge(new Map(merged), position, mark);
    this.#updates.touch("notifications");
  }

  /** Being read is for good; it may be heard of before the notification is. */
  markRead(ids: readonly string[]): void {
    for (const id of ids) {
      this.#read.add(id);
      this.#notifications.replace(id, (notification) => this.#asRead(notification));
    }
    this.#updates.touch("notifications");
  }

  #asRead(notification: Notification): Notification {
    return this.#read.has(notification.id) && !notification.isRead
      ? { ...notification, isRead: true }
      : notification;
  }

  /** Remembers what somebody is called. */
  meet(person: Person | undefined): void {
    const known = person && this.#people.get(person.id);
    if (person !== undefined && (known?.name !== person.name || known.role !== person.role)) {
      this.#people.set(person.id, person);
      this.#updates.touch("people");
    }
  }

  #touchIf(isNew: boolean | undefined, slice: "threads" | "notifications"): boolean {
    if (isNew === true) {
      this.#updates.touch(slice);
    }
    return isNew === true;
  }
}
