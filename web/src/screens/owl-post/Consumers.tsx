import { useState } from "react";
import type { ConsumerStanding } from "../../api/generated/rest.ts";
import { useSync } from "../../app/SyncProvider.tsx";
import { usePolled } from "../../app/usePolled.ts";
import { Button } from "../../ui/button/Button.tsx";
import styles from "./OwlPost.module.css";
import { ResetConsumer } from "./ResetConsumer.tsx";
import { Trouble } from "./Trouble.tsx";

const EVERY = 2_000;

/** Who reads the log, and how far each of them is. */
export function Consumers() {
  const { api } = useSync();
  const [resetting, setResetting] = useState<ConsumerStanding>();
  const { answer, problem, refresh } = usePolled(
    (signal) => api.call("GET /api/monitoring/consumers", { signal }),
    { every: EVERY },
  );
  return (
    <>
      <Trouble problem={problem} />
      {answer !== undefined && (
        <section className={styles.scroll} aria-label="Consumers, scrolls sideways" tabIndex={-1}>
          <table className={styles.table}>
            <caption className="visually-hidden">Consumers of the log</caption>
            <thead>
              <tr>
                <th scope="col">Consumer</th>
                <th scope="col">State</th>
                <th scope="col" className={styles.number}>
                  Position
                </th>
                <th scope="col" className={styles.number}>
                  Lag
                </th>
                <th scope="col" className={styles.number}>
                  Behind
                </th>
                <th scope="col" className={styles.number}>
                  Parked
                </th>
                <th scope="col" className={styles.number}>
                  Dead
                </th>
                <th scope="col">
                  <span className="visually-hidden">Deeds</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {answer.body.consumers.map((consumer) => (
                <tr key={consumer.id}>
                  <th scope="row">
                    {nameOf(consumer)}
                    {consumer.node !== null && <span className={styles.node}>on node {consumer.node}</span>}
                  </th>
                  <td>
                    <span className={styles.state} data-state={consumer.state}>
                      {consumer.state}
                    </span>
                  </td>
                  <td className={styles.number}>{consumer.position.toLocaleString()}</td>
                  <td className={styles.number}>{consumer.lag.toLocaleString()}</td>
                  <td className={styles.number}>{secondsOf(consumer.lagSeconds)}</td>
                  <td className={styles.number}>{consumer.parked}</td>
                  <td className={styles.number}>{consumer.dead}</td>
                  <td>
                    <Button
                      look="quiet"
                      aria-label={`Reset ${consumer.id}…`}
                      onClick={() => setResetting(consumer)}
                    >
                      Reset…
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {resetting !== undefined && (
        <ResetConsumer
          consumer={resetting}
          onClose={() => {
            setResetting(undefined);
            refresh();
          }}
        />
      )}
    </>
  );
}

/** A node's own consumer bears its name, which is said beside it. */
function nameOf({ id, node }: ConsumerStanding): string {
  return node !== null && id.endsWith(`-${node}`) ? id.slice(0, -node.length - 1) : id;
}

function secondsOf(seconds: number): string {
  return `${seconds < 10 ? Math.round(seconds * 10) / 10 : Math.round(seconds)} s`;
}
