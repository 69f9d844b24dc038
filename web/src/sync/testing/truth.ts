import type { EventData } from "../../api/generated/events.ts";
import type { PositionedEventView } from "../../api/generated/rest.ts";
import type { Comment, Incident, Notification, Person } from "../model.ts";

type EventType = keyof EventData;
export type Envelope = PositionedEventView["event"];

/** What the server has: all of it follows from its events, so that it can be rebuilt from a part of them. */
export class Truth {
  readonly incidents = new Map<number, Incident>();
  readonly comments = new Map<number, Comment>();
  readonly notifications = new Map<string, Notification>();

  static of(events: readonly Envelope[]): Truth {
    const truth = new Truth();
    for (const event of events) {
      truth.apply(event);
    }
    return truth;
  }

  apply({ eventType, data }: Envelope): void {
    const is = <T extends EventType>(type: T, value: unknown): value is EventData[T] =>
      eventType === type && value !== undefined;
    if (is("incident.created", data)) {
      this.incidents.set(data.id, data);
    } else if (
      is("incident.updated", data) ||
      is("incident.resolved", data) ||
      is("incident.assigned", data)
    ) {
      this.incidents.set(data.incident.id, data.incident);
    } else if (is("comment.created", data)) {
      const { commentId, incidentId, content, author, createdAt } = data;
      this.comments.set(commentId, { id: commentId, incidentId, content, author, createdAt });
    } else if (is("comment.deleted", data)) {
      this.comments.delete(data.commentId);
    } else if (is("notification.created", data)) {
      const { notificationId, type, message, link, createdAt } = data;
      const notification = {
        id: notificationId,
        type,
        message,
        link,
        createdAt,
        isRead: false,
        readAt: null,
      };
      this.notifications.set(notificationId, notification);
    } else if (is("notification.read", data)) {
      for (const id of idsOf(data)) {
        const notification = this.notifications.get(id);
        if (notification !== undefined) {
          this.notifications.set(id, { ...notification, isRead: true });
        }
      }
    } else if (is("notification.dismissed", data)) {
      for (const id of idsOf(data)) {
        this.notifications.delete(id);
      }
    }
  }

  threadOf(incidentId: number): readonly Comment[] {
    return [...this.comments.values()]
      .filter((comment) => comment.incidentId === incidentId)
      .sort((one, other) => one.id - other.id);
  }
}

export function idsOf(data: {
  readonly notificationId?: string;
  readonly notificationIds?: readonly string[];
}): readonly string[] {
  return [
    ...(data.notificationId === undefined ? [] : [data.notificationId]),
    ...(data.notificationIds ?? []),
  ];
}

export function personOf(name: string, role: Person["role"] = "PREFECT"): Person {
  const id = `user-${name}`;
  const [firstName = "", lastName = ""] = name.split(".");
  return { id, userId: id, email: `${name}@hogwarts.edu`, handle: name, name, firstName, lastName, role };
}
