import { Dialog } from "../../ui/dialog/Dialog.tsx";
import { COMMAND_GROUPS, COMMAND_NAMES, COMMANDS } from "../commands/commands.ts";
import { Keys } from "../commands/Keys.tsx";
import styles from "./ShortcutsSheet.module.css";

/** All keys there are. */
export default function ShortcutsSheet({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keys" onClose={onClose}>
      <div className={styles.sheet}>
        {COMMAND_GROUPS.map((group) => (
          <section key={group}>
            <h3 className={styles.group}>{group}</h3>
            <dl>
              {COMMAND_NAMES.filter((name) => COMMANDS[name].group === group).map((name) => (
                <div key={name} className={styles.row}>
                  <dt>{COMMANDS[name].title}</dt>
                  <dd>
                    <Keys of={name} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
