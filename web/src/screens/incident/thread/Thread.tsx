import { useLocation } from "@tanstack/react-router";
import { useEffect } from "react";
import { Icon, type IconName } from "../../../ui/icon/Icon.tsx";
import { PersonName } from "../../../ui/person/PersonName.tsx";
import { momentOf } from "../../../ui/time/clockTime.ts";
import { CommentItem } from "./CommentItem.tsx";
import { happeningOf } from "./happening.ts";
import styles from "./Thread.module.css";
import type { ThreadItem } from "./threadItems.ts";

interface Props {
  readonly items: readonly ThreadItem[];
  readonly isLoading: boolean;
}

const ICONS: Readonly<Record<string, IconName>> = {
  "incident.created": "plus",
  "incident.assigned": "person",
  "incident.resolved": "resolved",
  "incident.archived": "archive",
  "comment.deleted": "trash",
};

/** The conversation, with everything else that happened in between. */
export function Thread({ items, isLoading }: Props) {
  const hash = useLocation({ select: (location) => location.hash });
  const isThere = items.some((item) => item.kind === "comment" && anchorOf(item) === hash);

  useEffect(() => {
    if (isThere) {
      document.getElementById(hash)?.scrollIntoView({ block: "center" });
    }
  }, [hash, isThere]);

  return (
    <section className={styles.thread} aria-labelledby="thread-title">
      <h2 id="thread-title" className={styles.heading}>
        What happened
      </h2>
      {isLoading && <p className={styles.quiet}>Loading…</p>}
      <ol className={styles.items}>
        {items.map((item) =>
          item.kind === "comment" ? (
            <CommentItem
              key={item.key}
              row={item.row}
              anchor={anchorOf(item)}
              isLinked={anchorOf(item) === hash}
            />
          ) : (
            <EventItem key={item.key} event={item.event} />
          ),
        )}
      </ol>
    </section>
  );
}

/** As the links of notifications have it. */
function anchorOf({ row }: Extract<ThreadItem, { kind: "comment" }>): string {
  return `comment-${row.comment.id}`;
}

function EventItem({ event }: { event: Extract<ThreadItem, { kind: "event" }>["event"] }) {
  const actor = event.metadata.actor?.name ?? "Somebody";
  return (
    <li className={styles.event}>
      <Icon name={ICONS[event.eventType] ?? "edit"} />
      <p>
        <b>{actor}</b>{" "}
        {happeningOf(event).map((part) =>
          typeof part === "string" ? part : <PersonName key={part.userId} userId={part.userId} />,
        )}
      </p>
      <time dateTime={event.timestamp} title={new Date(event.timestamp).toLocaleString()}>
        {momentOf(event.timestamp)}
      </time>
    </li>
  );
}
