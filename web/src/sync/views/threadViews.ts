import type { Api } from "../../api/api.ts";
import type { PositionedEventView } from "../../api/generated/rest.ts";
import type { Live } from "../../live/live.ts";
import type { Clock } from "../clock.ts";
import type { DeedBook } from "../deeds/deedBook.ts";
import type { User } from "../model.ts";
import type { Store } from "../store/store.ts";
import type { Updates } from "../store/updates.ts";
import { sameOr, View } from "../store/view.ts";
import type { CommentRow, Thread, Threads, Timeline } from "../sync.ts";
import { TimelineView } from "./timelineView.ts";

/** The threads as they are to be shown: the server's comments, with one's own deeds over them. */
export class ThreadViews implements Threads {
  readonly #store: Store;
  readonly #deeds: DeedBook;
  readonly #updates: Updates;
  readonly #api: Api;
  readonly #clock: Clock;
  readonly #me: () => User | undefined;
  readonly #threads = new Map<number, Live<Thread>>();
  readonly #timelines = new Map<number, Live<Timeline>>();

  constructor(
    store: Store,
    deeds: DeedBook,
    updates: Updates,
    api: Api,
    clock: Clock,
    me: () => User | undefined,
  ) {
    this.#store = store;
    this.#deeds = deeds;
    this.#updates = updates;
    this.#api = api;
    this.#clock = clock;
    this.#me = me;
  }

  of(incidentId: number): Live<Thread> {
    const known = this.#threads.get(incidentId);
    if (known !== undefined) {
      return known;
    }
    const thread = new View<Thread>(this.#updates, ["threads", "deeds"], (previous) => {
      const state = this.#store.thread(incidentId)?.state ?? "loading";
      const comments = sameOr(previous?.comments, this.#rowsOf(incidentId, previous?.comments ?? []));
      return previous?.state === state && previous.comments === comments ? previous : { state, comments };
    });
    this.#threads.set(incidentId, thread);
    return thread;
  }

  timelineOf(incidentId: number): Live<Timeline> {
    const known = this.#timelines.get(incidentId);
    if (known !== undefined) {
      return known;
    }
    const revision = () => [
      this.#store.incident(incidentId)?.version,
      ...(this.#store.thread(incidentId)?.comments.ids() ?? []),
    ];
    const read = () => this.#readTimeline(incidentId);
    const timeline = new TimelineView(read, () => revision().join(" "), this.#updates, this.#clock);
    this.#timelines.set(incidentId, timeline);
    return timeline;
  }

  async #readTimeline(id: number): Promise<readonly PositionedEventView[]> {
    const events: PositionedEventView[] = [];
    let cursor: string | null = null;
    do {
      const query: { limit: number; cursor?: string } = { limit: 200, ...(cursor !== null && { cursor }) };
      const { body } = await this.#api.call("GET /api/incidents/{id}/timeline", { path: { id }, query });
      events.push(...body.events);
      cursor = body.nextCursor;
    } while (cursor !== null);
    return events;
  }

  #rowsOf(incidentId: number, previous: readonly CommentRow[]): readonly CommentRow[] {
    const before = new Map(previous.map((row) => [row.key, row]));
    const keep = (row: CommentRow): CommentRow => {
      const known = before.get(row.key);
      const isSame = known?.comment === row.comment && sameOr(known.deeds, row.deeds) === known.deeds;
      return isSame ? known : row;
    };
    const comments = this.#store.thread(incidentId)?.comments.values() ?? [];
    const saved = [...comments]
      .sort((one, other) => one.id - other.id)
      .map((comment) => ({
        key: this.#deeds.keyOfComment(comment.id),
        comment,
        deeds: this.#deeds.aboutComment(comment.id),
      }))
      .filter(({ deeds }) => !deeds.some(isBeingDeleted))
      .map(keep);
    return [...saved, ...this.#draftsOf(incidentId, before)];
  }

  #draftsOf(incidentId: number, before: ReadonlyMap<string, CommentRow>): readonly CommentRow[] {
    const author = this.#me();
    return this.#deeds.unseenComments(incidentId).flatMap((deed) => {
      const known = before.get(deed.id);
      if (deed.intent.kind !== "comment" || author === undefined) {
        return [];
      }
      if (known?.deeds.length === 1 && known.deeds[0] === deed) {
        return [known];
      }
      const comment = {
        id: 0,
        incidentId,
        content: deed.intent.content,
        author: { ...author, userId: author.id },
        createdAt: new Date(deed.since).toISOString(),
      };
      return [{ key: deed.id, comment, deeds: [deed] }];
    });
  }
}

function isBeingDeleted({ intent, state }: CommentRow["deeds"][number]): boolean {
  return intent.kind === "delete-comment" && state.kind !== "failed";
}
