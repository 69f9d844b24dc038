import { getRouteApi, Link, Outlet } from "@tanstack/react-router";
import { useSync } from "../../app/SyncProvider.tsx";
import { useLive } from "../../live/useLive.ts";
import styles from "./Board.module.css";
import { filterOf } from "./boardSearch.ts";

const route = getRouteApi("/users/board");

/** The feed of incidents, newest first, with the open one beside it. */
export function Board() {
  const rows = useLive(useSync().incidents.list(filterOf(route.useSearch())));
  return (
    <div className={styles.board}>
      <section className={styles.feed} aria-label="Incidents">
        <h1>Incidents</h1>
        {rows.length === 0 && <p>Nothing here yet. What is reported appears at once.</p>}
        <ul>
          {rows.map(({ key, incident, saved }) => (
            <li key={key} className={styles.row}>
              <span className={styles.severity} data-severity={incident.severity}>
                {incident.severity}
              </span>
              {saved === undefined ? (
                incident.title
              ) : (
                <Link to="/incidents/$id" params={{ id: String(incident.id) }} search={true}>
                  {incident.title}
                </Link>
              )}
            </li>
          ))}
        </ul>
      </section>
      <Outlet />
    </div>
  );
}
