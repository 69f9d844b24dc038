import type { Person } from "../../sync/index.ts";
import styles from "./Footprints.module.css";

/** As many as walk side by side; the others are counted. */
const WALKERS = 2;

/** Whoever looks at what happens at a place walks there. */
export function Footprints({ people, place }: { people: readonly Person[]; place: string }) {
  if (people.length === 0) {
    return null;
  }
  const others = people.length - WALKERS;
  return (
    <ul className={styles.walkers} aria-label={`Looking at ${place}`}>
      {people.slice(0, WALKERS).map(({ id, name }) => (
        <li key={id} className={styles.walker}>
          <Steps />
          {name}
        </li>
      ))}
      {others > 0 && (
        <li className={styles.walker}>
          and {others} {others === 1 ? "other" : "others"}
        </li>
      )}
    </ul>
  );
}

/** Left, right, left, right. */
function Steps() {
  return (
    <svg className={styles.steps} viewBox="0 0 40 16" aria-hidden="true">
      {[0, 1, 2, 3].map((step) => (
        <g
          key={step}
          className={styles.step}
          transform={`translate(${5 + step * 10} ${step % 2 === 0 ? 4 : 12})`}
        >
          <ellipse cx="1.2" rx="2.6" ry="1.8" />
          <ellipse cx="-2.6" rx="1.2" ry="1.2" />
        </g>
      ))}
    </svg>
  );
}
