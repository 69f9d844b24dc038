import { useLive } from "../../live/useLive.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Icon } from "../../ui/icon/Icon.tsx";
import { useSync } from "../SyncProvider.tsx";
import { useOpenLink } from "../useOpenLink.ts";
import styles from "./Failures.module.css";
import { sayingOf } from "./sayingOf.ts";

/** One's own deeds that were refused: what they did is taken back; this says why, and offers to try again. */
export function Failures() {
  const { deeds } = useSync();
  const openLink = useOpenLink();
  const open = useLive(deeds.open);
  return (
    <ul className={styles.failures} role="alert">
      {open.map(({ id, intent, state }) => {
        if (state.kind !== "failed") {
          return null;
        }
        const { problem, conflict } = state;
        return (
          <li key={id} className={styles.failure}>
            <Icon name="alert" />
            <p className={styles.text}>
              <b>{sayingOf(intent)}</b>{" "}
              {conflict === undefined
                ? problem.message
                : "Somebody else saved first. Choose what is to stay."}
            </p>
            {conflict === undefined ? (
              <Button onClick={() => deeds.retry(id)}>Try again</Button>
            ) : (
              <Button onClick={() => openLink(`/incidents/${conflict.theirs.id}`)}>Compare</Button>
            )}
            <Button look="quiet" onClick={() => deeds.discard(id)}>
              Let it be
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
