import type { PositionedEventView } from "../../api/generated/rest.ts";
import { momentOf } from "../../ui/time/clockTime.ts";
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
              <span className={styles.type}>{event.eventType}</span>
              <span className={styles.actor}>{event.metadata.actor?.name ?? "nobody signed in"}</span>
              <time dateTime={event.timestamp}>{momentOf(event.timestamp)}</time>
            </summary>
            <Envelope position={position} event={event} />
          </details>
        </li>
      ))}
    </ol>
  );
}
