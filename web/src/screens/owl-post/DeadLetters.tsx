import { useState } from "react";
import type { DeadLetterView } from "../../api/generated/rest.ts";
import { useSync } from "../../app/SyncProvider.tsx";
import { usePolled } from "../../app/usePolled.ts";
import { ApiProblem } from "../../sync/index.ts";
import { Button } from "../../ui/button/Button.tsx";
import { momentOf } from "../../ui/time/clockTime.ts";
import styles from "./DeadLetters.module.css";
import { Envelope } from "./Envelope.tsx";
import shared from "./OwlPost.module.css";
import { Trouble } from "./Trouble.tsx";

const EVERY = 5_000;
const MOST = 200;

/** What consumers could not handle, and the way to send it off again. */
export function DeadLetters() {
  const { api } = useSync();
  const { answer, problem, refresh } = usePolled(
    (signal) => api.call("GET /api/monitoring/dead-letters", { query: { limit: MOST }, signal }),
    { every: EVERY },
  );
  const [said, setSaid] = useState("");

  async function redrive({ id, consumer }: DeadLetterView) {
    try {
      const { body } = await api.call("POST /api/monitoring/dead-letters/{id}/redrive", { path: { id } });
      setSaid(`Letter ${body.id} is on its way to ${consumer} again.`);
    } catch (refusal) {
      if (!(refusal instanceof ApiProblem)) {
        throw refusal;
      }
      setSaid(refusal.message);
    }
    refresh();
  }

  return (
    <>
      <Trouble problem={problem} />
      <div role="status" className={shared.region}>
        {said !== "" && <p>{said}</p>}
      </div>
      {answer?.body.deadLetters.length === 0 && (
        <p>
          Every owl has arrived. What a consumer cannot handle waits here, with the later ones of its key.
        </p>
      )}
      <ul className={styles.letters}>
        {answer?.body.deadLetters.map((letter) => (
          <li key={letter.id} className={styles.letter}>
            <header className={styles.header}>
              <h2>
                {letter.event.eventType} for {letter.consumer}
              </h2>
              <span className={shared.state} data-state={letter.state}>
                {letter.state}
              </span>
              <Button
                className={styles.redrive}
                aria-label={`Redrive letter ${letter.id}`}
                onClick={() => void redrive(letter)}
              >
                Redrive
              </Button>
            </header>
            <p className={shared.soft}>
              key {letter.key} · {letter.attempts} {letter.attempts === 1 ? "attempt" : "attempts"} · parked{" "}
              <time dateTime={letter.parkedAt}>{momentOf(letter.parkedAt)}</time>
              {letter.nextAttemptAt !== null && (
                <>
                  {" "}
                  · next attempt <time dateTime={letter.nextAttemptAt}>{momentOf(letter.nextAttemptAt)}</time>
                </>
              )}
            </p>
            {letter.error !== null && <p className={shared.problem}>{letter.error}</p>}
            <details>
              <summary>Envelope</summary>
              <Envelope position={letter.position} event={letter.event} />
            </details>
          </li>
        ))}
      </ul>
      {answer?.body.nextCursor != null && <p className={shared.soft}>These are the first {MOST}.</p>}
    </>
  );
}
