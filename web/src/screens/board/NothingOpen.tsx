import { Keys } from "../../app/commands/Keys.tsx";
import { Icon } from "../../ui/icon/Icon.tsx";
import styles from "./Board.module.css";

/** Stands where the open incident would be. */
export function NothingOpen() {
  return (
    <div className={styles.nothing}>
      <Icon name="map" />
      <p>Choose an incident to see what happened.</p>
      <p>
        <Keys of="next-row" /> <Keys of="previous-row" /> move, <Keys of="open-row" /> opens,{" "}
        <Keys of="shortcuts" /> shows all keys.
      </p>
    </div>
  );
}
