import { Link } from "@tanstack/react-router";
import type { Location } from "../../sync/index.ts";
import { SeverityMark } from "../../ui/severity/SeverityMark.tsx";
import { RelativeTime } from "../../ui/time/RelativeTime.tsx";
import { nameOfWord } from "../../ui/words.ts";
import type { Cluster } from "./cluster.ts";
import styles from "./PlaceList.module.css";

interface Props {
  readonly clusters: readonly Cluster[];
  readonly chosen: readonly Location[];
  readonly onChooseAll: () => void;
}

/** A place that has many is cut here: its board has them all. */
const MOST = 50;

/** The same as the drawing, in words. */
export function PlaceList({ clusters, chosen, onChooseAll }: Props) {
  const shown = clusters.filter(
    ({ location, incidents }) => incidents.length > 0 && (chosen.length === 0 || chosen.includes(location)),
  );
  return (
    <aside className={styles.list} aria-labelledby="place-list">
      <header className={styles.header}>
        <h2 id="place-list">{chosen.length === 0 ? "Afoot" : chosen.map(nameOfWord).join(", ")}</h2>
        {chosen.length > 0 && (
          <button type="button" className={styles.all} onClick={onChooseAll}>
            All places
          </button>
        )}
      </header>
      {shown.length === 0 && (
        <p className={styles.empty}>Nobody is up to anything here. What is reported appears at once.</p>
      )}
      {shown.map(({ location, incidents }) => (
        <section key={location} aria-labelledby={`at-${location}`}>
          <h3 id={`at-${location}`} className={styles.place}>
            {nameOfWord(location)} <span className={styles.count}>{incidents.length}</span>
          </h3>
          <ul>
            {incidents.slice(0, MOST).map((incident) => (
              <li key={incident.id}>
                <Link
                  to="/incidents/$id"
                  params={{ id: String(incident.id) }}
                  search={({ at: _, ...filter }) => filter}
                  className={styles.incident}
                >
                  <SeverityMark severity={incident.severity} />
                  <RelativeTime at={incident.reported_at} />
                  <span className={styles.title}>{incident.title}</span>
                </Link>
              </li>
            ))}
          </ul>
          {incidents.length > MOST && (
            <Link to="/" search={({ at: _, ...filter }) => ({ ...filter, location: [location] })}>
              All {incidents.length} on the board
            </Link>
          )}
        </section>
      ))}
    </aside>
  );
}
