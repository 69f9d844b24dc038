import type { FormEvent } from "react";
import { LOCATIONS, SEVERITIES } from "../../sync/index.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Dialog } from "../../ui/dialog/Dialog.tsx";
import { Field } from "../../ui/form/Field.tsx";
import { sendOnModEnter } from "../../ui/form/sendOnModEnter.ts";
import { TextArea } from "../../ui/form/TextArea.tsx";
import { chosenWord, WordSelect } from "../../ui/form/WordSelect.tsx";
import { useSync } from "../SyncProvider.tsx";
import styles from "./DialogForm.module.css";

/** Reports an incident; it is in the list at once. */
export default function ReportDialog({ onClose }: { onClose: () => void }) {
  const { deeds } = useSync();

  function report(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    deeds.begin({
      kind: "report",
      report: {
        title: String(fields.get("title")).trim(),
        description: String(fields.get("description")),
        severity: chosenWord(fields, "severity", SEVERITIES) ?? "MISCHIEF",
        location: chosenWord(fields, "location", LOCATIONS) ?? "HOGWARTS",
      },
    });
    onClose();
  }

  return (
    <Dialog title="Report an incident" onClose={onClose}>
      <form className={styles.form} onSubmit={report} onKeyDown={sendOnModEnter}>
        <Field
          label="What is going on?"
          name="title"
          placeholder="Troll in the dungeon"
          required
          pattern=".*\S.*"
          title="A few words"
          maxLength={255}
          autoComplete="off"
        />
        <div className={styles.pair}>
          <WordSelect label="How bad is it?" name="severity" words={SEVERITIES} defaultValue="MISCHIEF" />
          <WordSelect label="Where?" name="location" words={LOCATIONS} defaultValue="HOGWARTS" />
        </div>
        <TextArea label="What else should be known?" name="description" maxLength={10_000} />
        <footer className={styles.footer}>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="main" type="submit">
            Report
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
