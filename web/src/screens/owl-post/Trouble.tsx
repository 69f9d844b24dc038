import type { ApiProblem } from "../../sync/index.ts";
import styles from "./OwlPost.module.css";

/** Why there is nothing newer to be seen. */
export function Trouble({ problem }: { problem: ApiProblem | undefined }) {
  return (
    <div role="alert" className={styles.region}>
      {problem !== undefined && <p className={styles.problem}>{problem.message}</p>}
    </div>
  );
}
