import type { EventEnvelope, PositionedEventView } from "../../api/generated/rest.ts";
import { preciseMomentOf } from "../../ui/time/preciseMoment.ts";
import { Envelope } from "./Envelope.tsx";
import styles from "./EventList.module.css";

/** Events of the log, each of which can be opened. */
export function EventList({ events }: { events: readonly PositionedEventView[] }) {
  return (
    <ol className={styles.list}>
      {events.map(({ position, event }) => (
        <li key={position}>
          <details className={styles.event}>
            <summary className={styles.summary}>
              <span className={styles.position}>{position}</span>
              <span className={styles.type}>
                {event.eventType} {subjectOf(event)}
              </span>
              <span className={styles.actor}>{event.metadata.actor?.name ?? "nobody signed in"}</span>
              <time dateTime={event.timestamp}>{preciseMomentOf(event.timestamp)}</time>
            </summary>
            <Envelope position={position} event={event} />
          </details>
        </li>
      ))}
    </ol>
  );
}

/** "#42", where an event is about an incident. */
function subjectOf({ eventType, data }: EventEnvelope): string {
  const { id, incidentId } = data as { readonly id?: unknown; readonly incidentId?: unknown };
  const subject = incidentId ?? (eventType.startsWith("incident.") ? id : undefined);
  return subject === undefined ? "" : `#${subject}`;
}
