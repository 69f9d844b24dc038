import type { ConsumerStanding } from "../../api/generated/rest.ts";
import { useSync } from "../../app/SyncProvider.tsx";
import { Button } from "../../ui/button/Button.tsx";
import { Dialog } from "../../ui/dialog/Dialog.tsx";
import { Field } from "../../ui/form/Field.tsx";
import { useSubmission } from "../../ui/form/useSubmission.ts";
import styles from "./ResetConsumer.module.css";

/** It is emptied and reads everything anew, whatever position it is given. */
const PROJECTION = "analytics-projector";

interface Props {
  readonly consumer: ConsumerStanding;
  readonly onClose: () => void;
}

/** Asks where a consumer is to go on, and says what comes of it, before anything is done. */
export function ResetConsumer({ consumer: { id, position }, onClose }: Props) {
  const { api } = useSync();
  const isProjection = id === PROJECTION;
  const { isBusy, problem, submit } = useSubmission(async (fields) => {
    const wanted = isProjection ? 0 : Number(fields.get("position"));
    await api.call("POST /api/monitoring/consumers/{id}/reset", { path: { id }, body: { position: wanted } });
    onClose();
  });
  return (
    <Dialog title={`Reset ${id}?`} onClose={onClose}>
      <form className={styles.form} onSubmit={submit}>
        {isProjection ? (
          <p>
            Its counters are emptied and counted anew from the beginning of the log. Analytics are low
            meanwhile.
          </p>
        ) : (
          <>
            <p>
              It goes on behind the position that you say. What it has handled it drops: nothing is done
              twice. Sent ahead, it leaves out what lies between, until it is sent back. Parked events stay
              parked.
            </p>
            <Field
              label="Go on behind position"
              name="position"
              type="number"
              required
              min={0}
              step={1}
              defaultValue={position}
              hint={`It is at ${position.toLocaleString()} now. 0 is the beginning.`}
              error={problem?.fields.get("position")}
            />
          </>
        )}
        <div role="alert">
          {problem !== undefined && problem.fields.size === 0 && (
            <p className={styles.problem}>{problem.message}</p>
          )}
        </div>
        <div className={styles.buttons}>
          <Button onClick={onClose}>Leave it</Button>
          <Button look="main" type="submit" aria-disabled={isBusy}>
            {isBusy ? "Resetting…" : "Reset"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
