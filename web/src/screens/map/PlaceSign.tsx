import { Link } from "@tanstack/react-router";
import type { Incident, Person } from "../../sync/index.ts";
import { Icon, type IconName } from "../../ui/icon/Icon.tsx";
import { nameOfWord } from "../../ui/words.ts";
import type { Cluster } from "./cluster.ts";
import type { Point } from "./drawing/pen.ts";
import { Footprints } from "./Footprints.tsx";
import styles from "./PlaceSign.module.css";

interface Props {
  readonly cluster: Cluster;
  /** Where on the sheet, in shares of its width and height. */
  readonly at: Point;
  /** How many marks there is room for; the others are counted. */
  readonly room: number;
  readonly isChosen: boolean;
  readonly isFaded: boolean;
  readonly arrivals: ReadonlySet<number>;
  readonly viewers: readonly Person[];
  readonly onChoose: () => void;
}

/** A place's name, by which it is chosen, and a mark for each of its incidents. */
export function PlaceSign(props: Props) {
  const { cluster, at, room, isChosen, isFaded, arrivals, viewers, onChoose } = props;
  const { location, incidents } = cluster;
  const marked = incidents.slice(0, incidents.length > room ? room - 1 : room);
  const more = incidents.length - marked.length;
  const place = nameOfWord(location);
  return (
    <li
      className={styles.sign}
      data-faded={isFaded}
      style={{ insetInlineStart: `${at[0] * 100}%`, insetBlockStart: `${at[1] * 100}%` }}
    >
      <button
        type="button"
        className={styles.name}
        aria-label={`${place}, ${countOf(incidents.length)}`}
        aria-pressed={isChosen}
        onClick={onChoose}
      >
        {place}
      </button>
      {incidents.length > 0 && (
        <ul className={styles.marks} aria-label={`Incidents at ${place}`}>
          {marked.map((incident) => (
            <li key={incident.id}>
              <Mark incident={incident} isFresh={arrivals.has(incident.id)} />
            </li>
          ))}
          {more > 0 && (
            <li>
              <button
                type="button"
                className={styles.more}
                aria-label={`${more} more at ${place}`}
                onClick={onChoose}
              >
                +{more}
              </button>
            </li>
          )}
        </ul>
      )}
      <Footprints people={viewers} place={place} />
    </li>
  );
}

function Mark({ incident, isFresh }: { incident: Incident; isFresh: boolean }) {
  const { id, severity, title, status } = incident;
  const label = `${nameOfWord(severity)}: ${title}${status === "OPEN" ? "" : `, ${nameOfWord(status).toLowerCase()}`}`;
  return (
    <Link
      to="/incidents/$id"
      params={{ id: String(id) }}
      search={({ at: _, ...filter }) => filter}
      className={styles.mark}
      data-severity={severity}
      data-status={status}
      data-fresh={isFresh}
      aria-label={label}
      title={`#${id} ${label}`}
    >
      <Icon name={severity.toLowerCase() as Lowercase<typeof severity> & IconName} />
    </Link>
  );
}

function countOf(count: number): string {
  return count === 0 ? "nothing happens there" : `${count} ${count === 1 ? "incident" : "incidents"}`;
}
