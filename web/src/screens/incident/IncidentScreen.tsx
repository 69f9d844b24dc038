import { getRouteApi, Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { useSync } from "../../app/SyncProvider.tsx";
import { useLive } from "../../live/useLive.ts";
import styles from "./IncidentScreen.module.css";
import { OpenIncident } from "./OpenIncident.tsx";

const route = getRouteApi("/users/board/incidents/$id");

/** One incident: what it is, who looks at it, what is said about it. */
export function IncidentScreen() {
  const id = Number(route.useParams().id);
  const sync = useSync();
  useEffect(() => sync.enterIncident(id), [sync, id]);
  const row = useLive(sync.incidents.one(id));
  const { state } = useLive(sync.threads.of(id));
  if (row !== undefined) {
    // Another incident is another conversation: nothing half written goes with it.
    return <OpenIncident key={id} row={row} />;
  }
  return (
    <div className={styles.none}>
      {state === "missing" ? (
        <p role="alert">
          There is no incident #{id}.{" "}
          <Link to="/" search={true}>
            Back to the list
          </Link>
        </p>
      ) : (
        <p>Unfolding…</p>
      )}
    </div>
  );
}
