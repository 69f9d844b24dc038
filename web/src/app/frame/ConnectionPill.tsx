import { useEffect, useState } from "react";
import { useLive } from "../../live/useLive.ts";
import type { Connection } from "../../sync/index.ts";
import { Button } from "../../ui/button/Button.tsx";
import { clockTimeOf } from "../../ui/time/clockTime.ts";
import { useSync } from "../SyncProvider.tsx";
import styles from "./ConnectionPill.module.css";

/** The truth about how fresh the page is. */
export function ConnectionPill() {
  const sync = useSync();
  const connection = useLive(sync.connection);
  const isOffline = connection.kind === "offline";
  return (
    <div className={styles.pill} data-kind={connection.kind}>
      <span className={styles.dot} aria-hidden="true" />
      <span role="status">{sayingOf(connection)}</span>
      {isOffline && (
        <>
          <Countdown until={connection.nextTryAt} />
          <Button look="quiet" onClick={() => sync.retryNow()}>
            retry now
          </Button>
        </>
      )}
    </div>
  );
}

function sayingOf(connection: Connection): string {
  switch (connection.kind) {
    case "live":
      return connection.via === "log" ? "live, every few seconds" : "live";
    case "catching-up":
      return `catching up (${connection.done} of ${connection.total})`;
    case "offline":
      return connection.asOf === undefined ? "offline" : `offline, as of ${clockTimeOf(connection.asOf)}`;
    case "connecting":
      return "connecting";
    case "signed-out":
      return "signed out";
  }
}

/** Not part of the status: nobody wants to have every second read to him. */
function Countdown({ until }: { until: number | undefined }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <span className={styles.countdown} aria-hidden="true">
      {until === undefined ? "trying…" : `next try in ${Math.max(0, Math.ceil((until - now) / 1000))} s`}
    </span>
  );
}
