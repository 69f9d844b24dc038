import { Button } from "../../../ui/button/Button.tsx";
import { Icon } from "../../../ui/icon/Icon.tsx";
import styles from "./SelectionBar.module.css";

interface Props {
  readonly count: number;
  /** Of those, how many one may resolve, and how many one may assign. */
  readonly resolvable: number;
  readonly assignable: number;
  readonly onResolve: () => void;
  readonly onAssign: () => void;
  readonly onClear: () => void;
}

/** What can be done with all that is selected. */
export default function SelectionBar({ count, resolvable, assignable, onResolve, onAssign, onClear }: Props) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: it is no part of a form.
    <div className={styles.bar} role="group" aria-label="Selected incidents">
      <p className={styles.count} role="status">
        {count} selected
      </p>
      {resolvable > 0 && (
        <Button onClick={onResolve}>
          <Icon name="resolved" />
          Resolve{resolvable < count && ` ${resolvable}`}
        </Button>
      )}
      {assignable > 0 && (
        <Button onClick={onAssign}>
          <Icon name="person" />
          Assign{assignable < count && ` ${assignable}`}
        </Button>
      )}
      {resolvable + assignable === 0 && <p>Nothing that you may do with all of them.</p>}
      <Button look="quiet" className={styles.clear} onClick={onClear}>
        Clear
      </Button>
    </div>
  );
}
