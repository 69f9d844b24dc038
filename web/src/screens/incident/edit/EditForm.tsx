import { type FormEvent, useState } from "react";
import { useSync } from "../../../app/SyncProvider.tsx";
import { type Incident, type IncidentChanges, LOCATIONS, SEVERITIES } from "../../../sync/index.ts";
import { Button } from "../../../ui/button/Button.tsx";
import { Field } from "../../../ui/form/Field.tsx";
import { sendOnModEnter } from "../../../ui/form/sendOnModEnter.ts";
import { TextArea } from "../../../ui/form/TextArea.tsx";
import { chosenWord, WordSelect } from "../../../ui/form/WordSelect.tsx";
import { changesBetween } from "./changesBetween.ts";
import styles from "./EditForm.module.css";

interface Props {
  /** What he saw when he began. */
  readonly basedOn: Incident;
  /** What it is by now. */
  readonly now: Incident;
  readonly onClose: () => void;
}

/** Edits the incident where it stands; what is saved shows at once. */
export function EditForm({ basedOn, now, onClose }: Props) {
  const { deeds } = useSync();
  const [isTouched, setTouched] = useState(false);

  function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const changes = changesBetween(basedOn, changesIn(new FormData(event.currentTarget)));
    if (Object.keys(changes).length > 0) {
      deeds.begin({ kind: "edit", incidentId: basedOn.id, changes, basedOn });
    }
    onClose();
  }

  return (
    <form
      className={styles.form}
      aria-label="Edit the incident"
      onSubmit={save}
      onChange={() => setTouched(true)}
      onKeyDown={(event) => {
        sendOnModEnter(event);
        // What was written is not thrown away by a slip of the finger.
        if (event.key === "Escape" && !isTouched) {
          event.stopPropagation();
          onClose();
        }
      }}
    >
      {now.version !== basedOn.version && (
        <p className={styles.hint} role="status">
          Somebody has saved meanwhile. When you save, you can choose what is to stay.
        </p>
      )}
      <Field
        label="Title"
        name="title"
        defaultValue={basedOn.title}
        required
        pattern=".*\S.*"
        title="A few words"
        maxLength={255}
        autoFocus
        autoComplete="off"
      />
      <div className={styles.pair}>
        <WordSelect label="Severity" name="severity" words={SEVERITIES} defaultValue={basedOn.severity} />
        <WordSelect label="Place" name="location" words={LOCATIONS} defaultValue={basedOn.location} />
      </div>
      <TextArea
        label="Description"
        name="description"
        defaultValue={basedOn.description}
        maxLength={10_000}
      />
      <footer className={styles.footer}>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="main" type="submit">
          Save
        </Button>
      </footer>
    </form>
  );
}

function changesIn(fields: FormData): IncidentChanges {
  const severity = chosenWord(fields, "severity", SEVERITIES);
  const location = chosenWord(fields, "location", LOCATIONS);
  return {
    title: String(fields.get("title")).trim(),
    // Forms send lines as mail does.
    description: String(fields.get("description")).replaceAll("\r\n", "\n"),
    ...(severity !== undefined && { severity }),
    ...(location !== undefined && { location }),
  };
}
