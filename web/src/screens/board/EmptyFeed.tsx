import { Link } from "@tanstack/react-router";
import { Keys } from "../../app/commands/Keys.tsx";
import styles from "./Board.module.css";

interface Props {
  readonly isLoading: boolean;
  readonly isFiltered: boolean;
}

/** Stands where the list would be: what will appear here, and how. */
export function EmptyFeed({ isLoading, isFiltered }: Props) {
  if (isLoading) {
    return <p className={styles.empty}>Unfolding the map…</p>;
  }
  return isFiltered ? (
    <p className={styles.empty}>
      Nothing fits. <Link to="/">Show all incidents</Link>
    </p>
  ) : (
    <p className={styles.empty}>
      All is quiet. What anybody reports appears here at once; <Keys of="report" /> reports something.
    </p>
  );
}
