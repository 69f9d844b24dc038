import type { Person } from "../../../sync/index.ts";
import { Avatar } from "../../../ui/person/Avatar.tsx";
import styles from "./Viewers.module.css";

/** So many faces; the others are counted. */
const MOST = 5;

/** Who looks at it at this moment, oneself included. */
export function Viewers({ viewers }: { viewers: readonly Person[] }) {
  const others = viewers.slice(MOST);
  return (
    <div className={styles.viewers}>
      <ul className={styles.faces} aria-label="Viewers">
        {viewers.slice(0, MOST).map(({ id, name }) => (
          <li key={id}>
            <Named name={name}>
              <Avatar id={id} name={name} />
            </Named>
          </li>
        ))}
        {others.length > 0 && (
          <li>
            <Named name={others.map(({ name }) => name).join(", ")}>
              <span className={styles.more}>+{others.length}</span>
            </Named>
          </li>
        )}
      </ul>
      <span className={styles.count}>
        {viewers.length} {viewers.length === 1 ? "user" : "users"} viewing this incident
      </span>
    </div>
  );
}

/** Shows a name beside what has the pointer or the focus; Escape hides it. */
function Named({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <span
      role="img"
      aria-label={name}
      className={styles.face}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: names must be within reach of the keyboard too.
      tabIndex={0}
      onKeyDown={(event) => {
        if (event.key === "Escape") {
          event.stopPropagation();
          event.currentTarget.blur();
        }
      }}
    >
      {children}
      <span className={styles.name} aria-hidden="true">
        {name}
      </span>
    </span>
  );
}
