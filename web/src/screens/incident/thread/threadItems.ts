import type { PositionedEventView } from "../../../api/generated/rest.ts";
import type { CommentRow } from "../../../sync/index.ts";

/** What stands in the conversation: a comment, or something else that happened. */
export type ThreadItem =
  | { readonly kind: "comment"; readonly key: string; readonly row: CommentRow }
  | { readonly kind: "event"; readonly key: string; readonly event: PositionedEventView["event"] };

/** Comments and everything that happened, in the order of time. */
export function threadItemsOf(
  comments: readonly CommentRow[],
  events: readonly PositionedEventView[],
): readonly ThreadItem[] {
  const said = comments.map((row) => ({
    // What is not posted yet is the last, whatever this machine's clock says.
    at: row.comment.id === 0 ? "~" : row.comment.createdAt,
    item: { kind: "comment", key: row.key, row } as const,
  }));
  const happened = events
    // A comment stands for itself.
    .filter(({ event }) => event.eventType !== "comment.created")
    .map(({ event }) => ({
      at: event.timestamp,
      item: { kind: "event", key: event.eventId, event } as const,
    }));
  return [...happened, ...said]
    .sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
    .map(({ item }) => item);
}
