import { type ComponentProps, useId } from "react";
import styles from "./Field.module.css";

interface Props extends Omit<ComponentProps<"textarea">, "id"> {
  readonly label: string;
  readonly hint?: string;
}

/** A text of several lines with its label, as tall as what is in it. */
export function TextArea({ label, hint, className, ...area }: Props) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        className={[styles.input, styles.area, className].filter(Boolean).join(" ")}
        aria-describedby={hint === undefined ? undefined : `${id}-said`}
        {...area}
      />
      {hint !== undefined && (
        <p id={`${id}-said`} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}
