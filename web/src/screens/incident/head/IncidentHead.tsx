import { Link } from "@tanstack/react-router";
import { useSync } from "../../../app/SyncProvider.tsx";
import { useLive } from "../../../live/useLive.ts";
import type { IncidentRow, Status } from "../../../sync/index.ts";
import { Icon, type IconName } from "../../../ui/icon/Icon.tsx";
import { PersonName } from "../../../ui/person/PersonName.tsx";
import { SeverityMark } from "../../../ui/severity/SeverityMark.tsx";
import { momentOf } from "../../../ui/time/clockTime.ts";
import { nameOfWord } from "../../../ui/words.ts";
import { Viewers } from "../viewers/Viewers.tsx";
import styles from "./IncidentHead.module.css";
import { StepButtons } from "./StepButtons.tsx";

const STATUS_ICONS: Readonly<Record<Status, IconName>> = {
  OPEN: "place",
  IN_PROGRESS: "start",
  RESOLVED: "resolved",
  ARCHIVED: "archive",
};

interface Props {
  readonly row: IncidentRow;
  /** Undefined: he may not. */
  readonly onEdit: (() => void) | undefined;
}

/** What it is, who is about it, and what can be done with it. */
export function IncidentHead({ row, onEdit }: Props) {
  const { incident, deeds } = row;
  const viewers = useLive(useSync().presence.viewersOf(incident.id));
  const isPending = deeds.some(({ state }) => state.kind === "pending");
  return (
    <header className={styles.head} data-severity={incident.severity} data-pending={isPending}>
      <div className={styles.top}>
        <Link to="/" search={true} className={styles.back} aria-label="Back to the list">
          <Icon name="back" />
        </Link>
        <span className={styles.id}>#{incident.id}</span>
        <Viewers viewers={viewers} />
        <Link to="/" search={true} className={styles.close} aria-label="Close the incident">
          <Icon name="close" />
        </Link>
      </div>
      {/* Beside the list it is the second one; on a phone, the only one. */}
      <h1 id="incident-title" className={styles.title}>
        {incident.title}
      </h1>
      <p className={styles.facts}>
        <SeverityMark severity={incident.severity} />
        <span className={styles.fact}>
          <Icon name="map" />
          {nameOfWord(incident.location)}
        </span>
        <span className={styles.fact}>
          <Icon name={STATUS_ICONS[incident.status]} />
          {nameOfWord(incident.status)}
        </span>
        <span className={styles.fact}>
          <Icon name="person" />
          {incident.assigned_to === null ? (
            "not assigned"
          ) : (
            <span>
              assigned to <PersonName userId={incident.assigned_to} />
            </span>
          )}
        </span>
      </p>
      <p className={styles.reported}>
        reported by <PersonName userId={incident.reported_by} />,{" "}
        <time dateTime={incident.reported_at}>{momentOf(incident.reported_at)}</time>
        {isPending && <span> · saving…</span>}
      </p>
      <StepButtons incident={incident} onEdit={onEdit} />
    </header>
  );
}
