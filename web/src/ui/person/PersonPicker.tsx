import { useId, useState } from "react";
import type { User } from "../../sync/index.ts";
import { movedBy, optionIdOf, PeopleOptions, type PersonOption } from "./PeopleOptions.tsx";
import styles from "./PersonPicker.module.css";
import { usePeopleSearch } from "./usePeopleSearch.ts";

interface Props {
  readonly label: string;
  readonly accepts?: (user: User) => boolean;
  /** Offered first, as long as nothing is searched for. */
  readonly first?: User | undefined;
  /** What "nobody" is called, where that may be chosen. */
  readonly nobody?: string | undefined;
  readonly onChoose: (user: User | undefined) => void;
}

const NOBODY = "nobody";

/** Finds somebody by his name or handle. */
export default function PersonPicker({ label, accepts = () => true, first, nobody, onChoose }: Props) {
  const inputId = useId();
  const listId = useId();
  const [text, setText] = useState("");
  const [pointed, setPointed] = useState(0);
  const found = usePeopleSearch(text).filter(accepts);
  const isSearched = text !== "";
  const people =
    isSearched || first === undefined ? found : [first, ...found.filter(({ id }) => id !== first.id)];
  const options: readonly PersonOption[] = [
    ...(!isSearched && nobody !== undefined ? [{ id: NOBODY, name: nobody }] : []),
    ...people,
  ];
  const active = Math.min(pointed, options.length - 1);

  function choose(option: PersonOption | undefined) {
    if (option !== undefined) {
      onChoose(people.find(({ id }) => id === option.id));
    }
  }

  return (
    <div className={styles.picker}>
      <label htmlFor={inputId}>{label}</label>
      <input
        id={inputId}
        className={styles.input}
        role="combobox"
        aria-expanded={options.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={active < 0 ? undefined : optionIdOf(listId, active)}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setPointed(0);
        }}
        onKeyDown={(event) => {
          const next = movedBy(event.key, active, options.length);
          if (next !== undefined) {
            event.preventDefault();
            setPointed(next);
          } else if (event.key === "Enter") {
            event.preventDefault();
            choose(options[active]);
          }
        }}
      />
      <PeopleOptions
        id={listId}
        label={label}
        options={options}
        active={active}
        onPoint={setPointed}
        onChoose={choose}
      />
      {options.length === 0 && isSearched && <p className={styles.none}>Nobody of that name.</p>}
    </div>
  );
}
