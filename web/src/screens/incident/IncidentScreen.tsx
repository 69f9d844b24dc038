import { getRouteApi } from "@tanstack/react-router";
import { useEffect } from "react";
import { useSync } from "../../app/SyncProvider.tsx";
import { useLive } from "../../live/useLive.ts";
import styles from "./IncidentScreen.module.css";

const route = getRouteApi("/users/board/incidents/$id");

/** One incident: what it is, who looks at it, what is said about it. */
export function IncidentScreen() {
  const id = Number(route.useParams().id);
  const sync = useSync();
  useEffect(() => sync.enterIncident(id), [sync, id]);
  const row = useLive(sync.incidents.one(id));
  const thread = useLive(sync.threads.of(id));
  const viewers = useLive(sync.presence.viewersOf(id));
  if (row === undefined) {
    return (
      <p className={styles.incident}>
        {thread.state === "missing" ? "There is no such incident." : "Loading…"}
      </p>
    );
  }
  const { incident } = row;
  return (
    <article className={styles.incident} aria-labelledby="incident-title">
      <h2 id="incident-title">
        #{incident.id} {incident.title}
      </h2>
      <p>
        {incident.severity} · {incident.location} · {incident.status}
      </p>
      <p>{viewers.length} viewing</p>
      <p>{incident.description}</p>
      <ol>
        {thread.comments.map(({ key, comment }) => (
          <li key={key}>
            <b>{comment.author.name}</b> {comment.content}
          </li>
        ))}
      </ol>
    </article>
  );
}
