import { type ComponentProps, useId } from "react";
import styles from "./Field.module.css";

interface Props extends Omit<ComponentProps<"input">, "id"> {
  readonly label: string;
  readonly hint?: string | undefined;
  /** What is wrong with it. */
  readonly error?: string | undefined;
}

/** An input with its label, and what is to be said about it. */
export function Field({ label, hint, error, ...input }: Props) {
  const id = useId();
  const said = error ?? hint;
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className={styles.input}
        aria-invalid={error !== undefined}
        aria-describedby={said === undefined ? undefined : `${id}-said`}
        {...input}
      />
      {said !== undefined && (
        <p id={`${id}-said`} className={error === undefined ? styles.hint : styles.error}>
          {said}
        </p>
      )}
    </div>
  );
}
