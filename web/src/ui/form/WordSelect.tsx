import { useId } from "react";
import { nameOfWord } from "../words.ts";
import styles from "./Field.module.css";

interface Props<T extends string> {
  readonly label: string;
  readonly name: string;
  readonly words: readonly T[];
  readonly defaultValue: T;
}

/** One of the words of the API, by the names that people read. */
export function WordSelect<T extends string>({ label, name, words, defaultValue }: Props<T>) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <select id={id} name={name} className={styles.input} defaultValue={defaultValue}>
        {words.map((word) => (
          <option key={word} value={word}>
            {nameOfWord(word)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** What was chosen in it. */
export function chosenWord<T extends string>(
  fields: FormData,
  name: string,
  words: readonly T[],
): T | undefined {
  return words.find((word) => word === fields.get(name));
}
