import { useState } from "react";
import { useSync } from "../../../app/SyncProvider.tsx";
import type { Conflict, FieldConflict } from "../../../sync/index.ts";
import { Button } from "../../../ui/button/Button.tsx";
import { SeverityMark } from "../../../ui/severity/SeverityMark.tsx";
import { nameOfWord } from "../../../ui/words.ts";
import styles from "./ConflictChooser.module.css";
import { type Choices, chosenOf } from "./chosenOf.ts";

interface Props {
  readonly deedId: string;
  readonly conflict: Conflict;
}

/** Somebody else saved first: both versions, side by side, to choose from field by field. */
export function ConflictChooser({ deedId, conflict }: Props) {
  const { deeds } = useSync();
  const [choices, setChoices] = useState<Choices>({});
  const isChosen = conflict.fields.every(({ field }) => choices[field] !== undefined);

  function settle() {
    const chosen = chosenOf(conflict, choices);
    if (Object.keys(chosen).length === 0) {
      deeds.discard(deedId);
    } else {
      deeds.settle(deedId, conflict, chosen);
    }
  }

  return (
    <section className={styles.conflict} aria-labelledby={`conflict-${deedId}`}>
      <h2 id={`conflict-${deedId}`}>Somebody else saved first</h2>
      <p className={styles.hint}>
        You have both changed the same. Choose what is to stay; what only one of you changed is kept.
      </p>
      {conflict.fields.map((each) => (
        <Choice
          key={each.field}
          conflict={each}
          name={`${deedId}-${each.field}`}
          chosen={choices[each.field]}
          onChoose={(choice) => setChoices({ ...choices, [each.field]: choice })}
        />
      ))}
      <footer className={styles.footer}>
        <Button look="quiet" onClick={() => deeds.discard(deedId)}>
          Drop my edit
        </Button>
        <Button look="main" aria-disabled={!isChosen} onClick={() => isChosen && settle()}>
          Save what I chose
        </Button>
      </footer>
    </section>
  );
}

interface ChoiceProps {
  readonly conflict: FieldConflict;
  readonly name: string;
  readonly chosen: "mine" | "theirs" | undefined;
  readonly onChoose: (choice: "mine" | "theirs") => void;
}

function Choice({ conflict, name, chosen, onChoose }: ChoiceProps) {
  const { field, before } = conflict;
  return (
    <fieldset className={styles.field}>
      <legend>{nameOfWord(field.toUpperCase())}</legend>
      <p className={styles.before}>
        It was: <Value field={field} value={before} />
      </p>
      {(["mine", "theirs"] as const).map((whose) => (
        <label key={whose} className={styles.version} data-chosen={chosen === whose}>
          <span className={styles.whose}>
            <input type="radio" name={name} checked={chosen === whose} onChange={() => onChoose(whose)} />
            {whose === "mine" ? "Yours" : "Saved by somebody else"}
          </span>
          <span className={styles.value}>
            <Value field={field} value={conflict[whose]} />
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Value({ field, value }: { field: FieldConflict["field"]; value: string }) {
  switch (field) {
    case "severity":
      return <SeverityMark severity={value as Conflict["theirs"]["severity"]} />;
    case "location":
      return nameOfWord(value);
    default:
      return value === "" ? <i>nothing</i> : value;
  }
}
