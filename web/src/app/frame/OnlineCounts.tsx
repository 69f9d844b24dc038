import { useLive } from "../../live/useLive.ts";
import { ROLES, type Role } from "../../sync/index.ts";
import { nameOfWord } from "../../ui/words.ts";
import { useSync } from "../SyncProvider.tsx";
import styles from "./OnlineCounts.module.css";

/** Who could help. */
const HELPERS: readonly Role[] = ["AUROR", "PREFECT"];

/** "5 Aurors online, 12 Prefects online"; the other roles on demand. */
export function OnlineCounts() {
  const { byRole } = useLive(useSync().presence.counts);
  const counted = (role: Role) =>
    `${byRole[role]} ${nameOfWord(role)}${byRole[role] === 1 ? "" : "s"} online`;
  return (
    <p className={styles.counts} title={[...ROLES].reverse().map(counted).join(", ")}>
      {HELPERS.map(counted).join(", ")}
    </p>
  );
}
