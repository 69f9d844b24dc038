import type { EventEnvelope } from "../../api/generated/rest.ts";
import styles from "./Envelope.module.css";

interface Props {
  readonly position: number;
  readonly event: EventEnvelope;
}

/** All that an event says, and where it is found again. */
export function Envelope({ position, event }: Props) {
  return (
    <div className={styles.envelope}>
      <dl className={styles.marks}>
        <div>
          <dt>Position</dt>
          <dd>{position}</dd>
        </div>
        <div>
          <dt>Trace</dt>
          <dd>{event.metadata.traceId ?? "none"}</dd>
        </div>
        <div>
          <dt>Event</dt>
          <dd>{event.eventId}</dd>
        </div>
      </dl>
      <section className={styles.json} aria-label="Envelope">
        <pre>{JSON.stringify(event, null, 2)}</pre>
      </section>
    </div>
  );
}
