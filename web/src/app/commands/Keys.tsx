import { type CommandName, keysOf } from "./commands.ts";
import styles from "./Keys.module.css";

/** The keys of a command. */
export function Keys({ of }: { of: CommandName }) {
  return (
    <span className={styles.keys}>
      {keysOf(of).map((stroke, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a command's keys never change.
        <span key={at} className={styles.stroke}>
          {stroke.map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}
        </span>
      ))}
    </span>
  );
}
