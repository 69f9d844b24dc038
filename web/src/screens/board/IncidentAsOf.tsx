import { useMoment } from "../../app/time-travel/TimeTravel.tsx";
import { SeverityMark } from "../../ui/severity/SeverityMark.tsx";
import { preciseMomentOf } from "../../ui/time/preciseMoment.ts";
import { nameOfWord } from "../../ui/words.ts";
import styles from "./IncidentAsOf.module.css";

/** Stands where the open incident would be, while the past is shown: as it was then, and not to be changed. */
export default function IncidentAsOf({ id }: { id: number | undefined }) {
  const moment = useMoment();
  const incident = moment.kind === "past" ? moment.incidents?.find((each) => each.id === id) : undefined;
  if (incident === undefined) {
    return (
      <p className={styles.incident}>
        {id === undefined ? "Choose an incident to see what it was like then." : `There was no #${id} then.`}
      </p>
    );
  }
  return (
    <article className={styles.incident} aria-labelledby="incident-then">
      <h2 id="incident-then">
        #{incident.id} {incident.title}
      </h2>
      <p className={styles.facts}>
        <SeverityMark severity={incident.severity} /> {nameOfWord(incident.location)} ·{" "}
        {nameOfWord(incident.status)} · reported{" "}
        <time dateTime={incident.reported_at}>{preciseMomentOf(incident.reported_at)}</time>
      </p>
      <p className={styles.text}>{incident.description}</p>
      {incident.resolution !== null && <p className={styles.text}>Resolution: {incident.resolution}</p>}
    </article>
  );
}
