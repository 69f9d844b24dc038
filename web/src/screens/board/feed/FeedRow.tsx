import { Link } from "@tanstack/react-router";
import { type CSSProperties, type MouseEvent, memo } from "react";
import { useSync } from "../../../app/SyncProvider.tsx";
import { useLive } from "../../../live/useLive.ts";
import type { IncidentRow } from "../../../sync/index.ts";
import { Avatar } from "../../../ui/person/Avatar.tsx";
import { SeverityMark } from "../../../ui/severity/SeverityMark.tsx";
import { RelativeTime } from "../../../ui/time/RelativeTime.tsx";
import { nameOfWord } from "../../../ui/words.ts";
import styles from "./FeedRow.module.css";

interface ContentProps {
  readonly row: IncidentRow;
  readonly isOpen: boolean;
  /** It is the one that the Tab key comes to. */
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly onActivate: (key: string) => void;
  /** `isRange`: with all between it and the one before. */
  readonly onSelect: (key: string, isRange: boolean) => void;
}

interface Props extends ContentProps {
  readonly place: CSSProperties;
  readonly position: number;
  readonly total: number;
  readonly isFresh: boolean;
}

/** An incident in the list. */
export function FeedRow({ place, position, total, isFresh, ...content }: Props) {
  const { key, incident, deeds } = content.row;
  return (
    <li
      className={styles.row}
      style={place}
      aria-setsize={total}
      aria-posinset={position}
      data-key={key}
      data-severity={incident.severity}
      data-status={incident.status}
      data-open={content.isOpen}
      data-selected={content.isSelected}
      data-pending={deeds.some(({ state }) => state.kind === "pending")}
      data-fresh={isFresh}
    >
      <Content {...content} />
    </li>
  );
}

/** Not drawn again when the row is only somewhere else: with hundreds of events a second, all rows move all the time. */
const Content = memo(function Content({ row, isOpen, isActive, isSelected, ...on }: ContentProps) {
  const { key, incident, saved } = row;
  const { id, title, severity, location, status, assigned_to, reported_at } = incident;
  return (
    <>
      {saved !== undefined && (
        <label className={styles.choice}>
          <input
            type="checkbox"
            aria-label={`Select #${id}`}
            tabIndex={isActive ? 0 : -1}
            checked={isSelected}
            onChange={() => undefined}
            onClick={(event: MouseEvent) => on.onSelect(key, event.shiftKey)}
          />
        </label>
      )}
      <div className={styles.text}>
        {saved === undefined ? (
          <span className={styles.title}>{title}</span>
        ) : (
          <Link
            to="/incidents/$id"
            params={{ id: String(id) }}
            search={true}
            className={styles.title}
            tabIndex={isActive ? 0 : -1}
            aria-current={isOpen ? "true" : undefined}
            activeProps={{}}
            onFocus={() => on.onActivate(key)}
          >
            {title}
          </Link>
        )}
        <p className={styles.facts}>
          <SeverityMark severity={severity} />
          <span>{nameOfWord(location)}</span>
          <span>{nameOfWord(status)}</span>
          {saved === undefined && <span>sending…</span>}
        </p>
      </div>
      <div className={styles.side}>
        <RelativeTime at={reported_at} />
        {assigned_to !== null && <Assignee userId={assigned_to} />}
      </div>
    </>
  );
});

function Assignee({ userId }: { userId: string }) {
  const person = useLive(useSync().people.one(userId));
  return person === undefined ? null : (
    <span className={styles.assignee} title={`Assigned to ${person.name}`}>
      <Avatar name={person.name} id={userId} />
      <span className="visually-hidden">Assigned to {person.name}</span>
    </span>
  );
}
