import type { Severity } from "../../sync/index.ts";
import { Icon, type IconName } from "../icon/Icon.tsx";
import { nameOfWord } from "../words.ts";
import styles from "./SeverityMark.module.css";

/** A severity: always its icon and its word, never the colour alone. */
export function SeverityMark({ severity }: { severity: Severity }) {
  return (
    <span className={styles.mark} data-severity={severity}>
      <Icon name={severity.toLowerCase() as Lowercase<Severity> & IconName} />
      {nameOfWord(severity)}
    </span>
  );
}
