import { mayDelete } from "../../../app/rights.ts";
import { useMe, useSync } from "../../../app/SyncProvider.tsx";
import { useShell } from "../../../app/shell/ShellProvider.tsx";
import { beginWithUndo } from "../../../app/toasts/beginWithUndo.ts";
import type { CommentRow } from "../../../sync/index.ts";
import { Icon } from "../../../ui/icon/Icon.tsx";
import { Avatar } from "../../../ui/person/Avatar.tsx";
import { momentOf } from "../../../ui/time/clockTime.ts";
import { type Part, partsOf } from "./parts.ts";
import styles from "./Thread.module.css";

interface Props {
  readonly row: CommentRow;
  readonly anchor: string;
  /** It is the one that the address is about. */
  readonly isLinked: boolean;
}

export function CommentItem({ row, anchor, isLinked }: Props) {
  const { comment, deeds: open } = row;
  const { deeds } = useSync();
  const { toasts } = useShell();
  const me = useMe();
  const isPosted = comment.id !== 0;
  return (
    <li
      id={isPosted ? anchor : undefined}
      className={styles.comment}
      data-own={comment.author.id === me.id}
      data-linked={isLinked}
      data-pending={!isPosted || open.some(({ state }) => state.kind === "pending")}
    >
      <Avatar id={comment.author.id} name={comment.author.name} />
      <div className={styles.body}>
        <p className={styles.byline}>
          <b>{comment.author.name}</b>
          <time dateTime={comment.createdAt} title={new Date(comment.createdAt).toLocaleString()}>
            {isPosted ? momentOf(comment.createdAt) : "sending…"}
          </time>
          {isPosted && mayDelete(me, comment) && (
            <button
              type="button"
              className={styles.delete}
              aria-label={`Delete the comment of ${comment.author.name}, ${momentOf(comment.createdAt)}`}
              onClick={({ currentTarget }) => {
                // The button goes with the comment, and the focus must not.
                currentTarget.closest<HTMLElement>("[tabindex]")?.focus();
                beginWithUndo(
                  deeds,
                  toasts,
                  [{ kind: "delete-comment", incidentId: comment.incidentId, commentId: comment.id }],
                  "Comment deleted",
                );
              }}
            >
              <Icon name="trash" />
            </button>
          )}
        </p>
        <p className={styles.content}>
          {partsOf(comment.content).map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a text is never changed, so its parts keep their places.
            <TextPart key={index} part={part} myHandle={me.handle} />
          ))}
        </p>
      </div>
    </li>
  );
}

function TextPart({ part: { kind, text }, myHandle }: { part: Part; myHandle: string }) {
  switch (kind) {
    case "text":
      return text;
    case "code":
      return <code>{text}</code>;
    case "mention":
      return (
        <b className={styles.mention} data-me={text.slice(1).toLowerCase() === myHandle}>
          {text}
        </b>
      );
  }
}
