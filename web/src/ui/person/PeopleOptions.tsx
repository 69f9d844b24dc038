import { useEffect, useRef } from "react";
import { nameOfWord } from "../words.ts";
import { Avatar } from "./Avatar.tsx";
import styles from "./PeopleOptions.module.css";

/** Somebody to be chosen; without a user, nobody. */
export interface PersonOption {
  readonly id: string;
  readonly name: string;
  readonly handle?: string;
  readonly role?: string;
}

interface Props {
  readonly id: string;
  readonly label: string;
  readonly options: readonly PersonOption[];
  readonly active: number;
  readonly onPoint: (index: number) => void;
  readonly onChoose: (option: PersonOption) => void;
}

/** The options of a field that keeps the focus: it says which is active by `aria-activedescendant`. */
export function PeopleOptions({ id, label, options, active, onPoint, onChoose }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <div ref={list} id={id} role="listbox" aria-label={label} className={styles.options}>
      {options.map((option, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keyboard.
        // biome-ignore lint/a11y/useFocusableInteractive: and the focus.
        <div
          key={option.id}
          id={optionIdOf(id, index)}
          role="option"
          aria-selected={index === active}
          className={styles.option}
          onPointerMove={() => onPoint(index)}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(option)}
        >
          <Avatar name={option.name} id={option.id} />
          <span className={styles.name}>{option.name}</span>
          <span className={styles.handle}>
            {option.handle !== undefined && `@${option.handle}`}
            {option.role !== undefined && ` · ${nameOfWord(option.role)}`}
          </span>
        </div>
      ))}
    </div>
  );
}

export function optionIdOf(listId: string, index: number): string {
  return `${listId}-${index}`;
}

/** Where a key takes one among `count` options; undefined for keys that are not about that. */
export function movedBy(key: string, active: number, count: number): number | undefined {
  switch (key) {
    case "ArrowDown":
      return (active + 1) % Math.max(1, count);
    case "ArrowUp":
      return (active - 1 + count) % Math.max(1, count);
    default:
      return undefined;
  }
}
