import { useState } from "react";
import { Icon } from "../../../ui/icon/Icon.tsx";
import { Popup } from "../../../ui/popup/Popup.tsx";
import { nameOfWord } from "../../../ui/words.ts";
import styles from "./FilterBar.module.css";

interface Props<T extends string> {
  readonly name: string;
  readonly words: readonly T[];
  readonly chosen: readonly T[] | undefined;
  /** Undefined: all of them. */
  readonly onChange: (chosen: readonly T[] | undefined) => void;
}

/** Some of the words that a field may have. */
export function FacetFilter<T extends string>({ name, words, chosen = [], onChange }: Props<T>) {
  const [isOpen, setOpen] = useState(false);

  function toggle(word: T) {
    const next = words.filter((each) => (each === word ? !chosen.includes(each) : chosen.includes(each)));
    onChange(next.length === 0 ? undefined : next);
  }

  return (
    <Popup
      isOpen={isOpen}
      onOpenChange={setOpen}
      className={styles.chip}
      label={
        <span className={styles.label} data-set={chosen.length > 0}>
          {chosen.length === 0
            ? name
            : chosen.length === 1
              ? chosen.map(nameOfWord)
              : `${name} ${chosen.length}`}
          <Icon name="down" />
        </span>
      }
    >
      <fieldset className={styles.facet}>
        <legend className="visually-hidden">{name}</legend>
        {words.map((word) => (
          <label key={word} className={styles.option}>
            <input type="checkbox" checked={chosen.includes(word)} onChange={() => toggle(word)} />
            {nameOfWord(word)}
          </label>
        ))}
      </fieldset>
    </Popup>
  );
}
