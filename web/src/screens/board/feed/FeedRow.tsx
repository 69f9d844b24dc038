import { Link } from "@tanstack/react-router";
import type { CSSProperties, MouseEvent } from "react";
import { useSync } from "../../../app/SyncProvider.tsx";
import { useLive } from "../../../live/useLive.ts";
import type { IncidentRow } from "../../../sync/index.ts";
import { Avatar } from "../../../ui/person/Avatar.tsx";
import { SeverityMark } from "../../../ui/severity/SeverityMark.tsx";
import { RelativeTime } from "../../../ui/time/RelativeTime.tsx";
import { nameOfWord } from "../../../ui/words.ts";
import styles from "./FeedRow.module.css";

interface Props {
  readonly row: IncidentRow;
  readonly place: CSSProperties;
  readonly position: number;
  readonly total: number;
  readonly isOpen: boolean;
  /** It is the one that the Tab key comes to. */
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly isFresh: boolean;
  readonly onActivate: () => void;
  /** `isRange`: with all between it and the one before. */
  readonly onSelect: (isRange: boolean) => void;
}

/** An incident in the list. */
export function FeedRow({
  row,
  place,
  position,
  total,
  isOpen,
  isActive,
  isSelected,
  isFresh,
  ...on
}: Props) {
  const { incident, saved, deeds } = row;
  const { id, title, severity, location, status, assigned_to, reported_at } = incident;
  const isPending = deeds.some(({ state }) => state.kind === "pending");
  return (
    <li
      className={styles.row}
      style={place}
      aria-setsize={total}
      aria-posinset={position}
      data-key={row.key}
      data-severity={severity}
      data-status={status}
      data-open={isOpen}
      data-selected={isSelected}
      data-pending={isPending}
      data-fresh={isFresh}
    >
      {saved !== undefined && (
        <label className={styles.choice}>
          <input
            type="checkbox"
            aria-label={`Select #${id}`}
            tabIndex={isActive ? 0 : -1}
            checked={isSelected}
            onChange={() => undefined}
            onClick={(event: MouseEvent) => on.onSelect(event.shiftKey)}
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
            onFocus={on.onActivate}
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
    </li>
  );
}

function Assignee({ userId }: { userId: string }) {
  const person = useLive(useSync().people.one(userId));
  return person === undefined ? null : (
    <span className={styles.assignee} title={`Assigned to ${person.name}`}>
      <Avatar name={person.name} id={userId} />
      <span className="visually-hidden">Assigned to {person.name}</span>
    </span>
  );
}
