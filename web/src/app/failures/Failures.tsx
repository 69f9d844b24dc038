import { useMatch } from "@tanstack/react-router";
import { useLive } from "../../live/useLive.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Icon } from "../../ui/icon/Icon.tsx";
import { useSync } from "../SyncProvider.tsx";
import { useOpenLink } from "../useOpenLink.ts";
import styles from "./Failures.module.css";
import { sayingOf } from "./sayingOf.ts";

/** One's own deeds that were refused: what they did is taken back; this says why, and offers to try again. */
export default function Failures() {
  const { deeds } = useSync();
  const openLink = useOpenLink();
  // There, the two versions stand side by side.
  const match = useMatch({ from: "/users/board/incidents/$id", shouldThrow: false });
  const openId = match === undefined ? undefined : Number(match.params.id);
  const open = useLive(deeds.open);
  return (
    <div className={styles.failures} role="alert">
      <ul>
        {open.map(({ id, intent, state }) => {
          if (state.kind !== "failed") {
            return null;
          }
          const { problem, conflict } = state;
          if (conflict !== undefined && conflict.theirs.id === openId) {
            return null;
          }
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
    </div>
  );
}
