import type { Change } from "../change/change.ts";
import { isUrgentSeverity, type User } from "../model.ts";
import type { News, NewsItem, NewsSource } from "../sync.ts";

/** Makes news of changes: each of them once, though the socket may tell it and the log again. */
export class NewsDesk implements NewsSource {
  readonly #listeners = new Set<(item: NewsItem) => void>();
  /** The versions with which incidents were told to have become urgent. */
  readonly #escalated = new Map<number, number>();
  readonly #me: () => User | undefined;

  constructor(me: () => User | undefined) {
    this.#me = me;
  }

  subscribe(listener: (item: NewsItem) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  forgetEverything(): void {
    this.#escalated.clear();
  }

  /** `isNew`: the store had not known it. */
  report(change: Change, isNew: boolean, own: boolean, live: boolean): void {
    const news = this.#newsOf(change, isNew);
    if (news !== undefined) {
      for (const listener of this.#listeners) {
        listener({ ...news, own, live });
      }
    }
  }

  #newsOf(change: Change, isNew: boolean): News | undefined {
    switch (change.kind) {
      case "escalated":
        return this.#escalationOf(change);
      case "reported":
      case "resolved":
        return isNew ? { kind: change.kind, incident: change.incident, by: change.by } : undefined;
      case "changed":
        return isNew
          ? { kind: "changed", incident: change.incident, fields: change.fields, by: change.by }
          : undefined;
      case "commented":
        return isNew ? { kind: "commented", comment: change.comment } : undefined;
      case "notified":
        return isNew ? { kind: "notified", notification: change.notification } : undefined;
      default:
        return undefined;
    }
  }

  /** Told to AURORs only; the same event has told of the incident itself before. */
  #escalationOf({ incident, by }: Extract<Change, { kind: "escalated" }>): News | undefined {
    const isTold = (this.#escalated.get(incident.id) ?? 0) >= incident.version;
    this.#escalated.set(incident.id, incident.version);
    const isForMe = this.#me()?.role === "AUROR" && isUrgentSeverity(incident.severity);
    return isTold || !isForMe ? undefined : { kind: "escalated", incident, by };
  }
}
