import type { Connected, Disconnected, Failed } from "../../api/generated/rest.ts";
import { usePolled } from "../../app/usePolled.ts";
import { ApiProblem } from "../../sync/index.ts";
import styles from "./OwlPost.module.css";

type Status = Connected | Disconnected | Failed;

/** Whether events get through, as whoever watches the product from outside is told it. */
export function BrokerStatus() {
  const { answer, problem } = usePolled(askForStatus, { every: 5_000 });
  if (problem !== undefined) {
    return (
      <p className={styles.state} data-state="error">
        {problem.message}
      </p>
    );
  }
  return (
    answer && (
      <p className={styles.state} data-state={answer.status}>
        {sayingOf(answer)}
      </p>
    )
  );
}

/** Its refusals are answers too, and so it is not asked by way of the API. */
async function askForStatus(signal: AbortSignal): Promise<Status> {
  try {
    const response = await fetch("/api/monitoring/iggy-status", { signal });
    return (await response.json()) as Status;
  } catch {
    throw ApiProblem.offline();
  }
}

function sayingOf(status: Status): string {
  if ("consumers" in status) {
    const { stream, topic, currentOffset } = status.consumer;
    return `Event log connected · ${stream}/${topic} at ${currentOffset.toLocaleString()}`;
  }
  return `Event log ${status.status}: ${"message" in status ? status.message : status.error}`;
}
