import type { FormEvent, ReactNode } from "react";
import type { ApiProblem } from "../../sync/index.ts";
import styles from "./Gate.module.css";

interface Props {
  readonly title: string;
  readonly problem: ApiProblem | undefined;
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  readonly children: ReactNode;
  readonly footer: ReactNode;
}

/** The form in the middle of an empty parchment that lets people in. */
export function Gate({ title, problem, onSubmit, children, footer }: Props) {
  return (
    <main className={styles.gate}>
      <form className={styles.form} onSubmit={onSubmit} aria-labelledby="gate-title">
        <p className={styles.brand}>The Marauder’s Map</p>
        <h1 id="gate-title">{title}</h1>
        <div role="alert">
          {/* What is wrong with a field is said beside it. */}
          {problem !== undefined && problem.fields.size === 0 && (
            <p className={styles.problem}>{problem.message}</p>
          )}
        </div>
        {children}
        <p className={styles.footer}>{footer}</p>
      </form>
    </main>
  );
}
