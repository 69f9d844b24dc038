import type { FormEvent } from "react";
import type { Incident } from "../../sync/index.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Dialog } from "../../ui/dialog/Dialog.tsx";
import { sendOnModEnter } from "../../ui/form/sendOnModEnter.ts";
import { TextArea } from "../../ui/form/TextArea.tsx";
import { useSync } from "../SyncProvider.tsx";
import styles from "./DialogForm.module.css";
import { titleFor } from "./titleFor.ts";

interface Props {
  readonly incidents: readonly Incident[];
  readonly onClose: () => void;
}

/** Resolves incidents, with what came of them. */
export default function ResolveDialog({ incidents, onClose }: Props) {
  const { deeds } = useSync();

  function resolve(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const resolution = String(new FormData(event.currentTarget).get("resolution")).trim();
    for (const { id } of incidents) {
      deeds.begin({
        kind: "resolve",
        incidentId: id,
        resolution: resolution === "" ? undefined : resolution,
      });
    }
    onClose();
  }

  return (
    <Dialog title={titleFor("Resolve", incidents)} onClose={onClose}>
      <form className={styles.form} onSubmit={resolve} onKeyDown={sendOnModEnter}>
        <TextArea
          label="What came of it?"
          name="resolution"
          placeholder="The troll was led back to the forest."
          hint="Without a word, it says that you resolved it."
          maxLength={10_000}
        />
        <footer className={styles.footer}>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="main" type="submit">
            Resolve
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
