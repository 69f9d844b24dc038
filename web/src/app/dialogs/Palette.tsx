import { useNavigate } from "@tanstack/react-router";
import { Command } from "cmdk";
import { useState } from "react";
import { useLive } from "../../live/useLive.ts";
import { savedViews } from "../../screens/board/saved-views/savedViews.ts";
import type { IncidentRow } from "../../sync/index.ts";
import { Dialog } from "../../ui/dialog/Dialog.tsx";
import { SeverityMark } from "../../ui/severity/SeverityMark.tsx";
import { COMMAND_GROUPS, COMMAND_NAMES, COMMANDS, type CommandName } from "../commands/commands.ts";
import { Keys } from "../commands/Keys.tsx";
import { useSync } from "../SyncProvider.tsx";
import { useShell } from "../shell/ShellProvider.tsx";
import styles from "./Palette.module.css";

/** So many incidents are enough to see that more letters are needed. */
const MOST = 8;

/** Finds whatever can be done here, and any incident. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const { incidents } = useSync();
  const { commands } = useShell();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const available = useLive(commands.available);
  const views = useLive(savedViews);
  const rows = useLive(incidents.list({ text })).filter(({ saved }) => saved !== undefined);

  function isOffered(name: CommandName) {
    return available.has(name) && name !== "palette";
  }

  /** First it closes: what is chosen may open something else. */
  function choose(deed: () => void) {
    onClose();
    deed();
  }

  return (
    <Dialog title="Find anything" isTitleShown={false} onClose={onClose}>
      <Command className={styles.palette} label="Find anything" loop>
        <Command.Input
          className={styles.input}
          placeholder="What do you want to do, or which incident?"
          value={text}
          onValueChange={setText}
        />
        <Command.List className={styles.list}>
          {rows.length === 0 && <Command.Empty className={styles.empty}>Nothing of that name.</Command.Empty>}
          {COMMAND_GROUPS.map((group) => (
            <Command.Group key={group} heading={group}>
              {COMMAND_NAMES.filter((name) => isOffered(name) && COMMANDS[name].group === group).map(
                (name) => (
                  <Command.Item
                    key={name}
                    value={COMMANDS[name].title}
                    keywords={[group]}
                    onSelect={() => choose(() => commands.run(name))}
                  >
                    <span className={styles.title}>{COMMANDS[name].title}</span>
                    <Keys of={name} />
                  </Command.Item>
                ),
              )}
            </Command.Group>
          ))}
          {views.length > 0 && (
            <Command.Group heading="Saved views">
              {views.map(({ name, search }) => (
                <Command.Item
                  key={name}
                  value={`view ${name}`}
                  onSelect={() => choose(() => void navigate({ to: "/", search }))}
                >
                  <span className={styles.title}>{name}</span>
                </Command.Item>
              ))}
            </Command.Group>
          )}
          {text !== "" && rows.length > 0 && (
            <Command.Group heading="Incidents" forceMount>
              {rows.slice(0, MOST).map((row) => (
                <IncidentItem
                  key={row.key}
                  row={row}
                  onSelect={() =>
                    choose(
                      () =>
                        void navigate({
                          to: "/incidents/$id",
                          params: { id: String(row.incident.id) },
                          search: true,
                        }),
                    )
                  }
                />
              ))}
            </Command.Group>
          )}
        </Command.List>
      </Command>
    </Dialog>
  );
}

/** It was found already, by more than its title. */
function IncidentItem({ row, onSelect }: { row: IncidentRow; onSelect: () => void }) {
  const { id, title, severity } = row.incident;
  return (
    <Command.Item forceMount value={`incident ${id}`} onSelect={onSelect}>
      <span className={styles.title}>
        #{id} {title}
      </span>
      <SeverityMark severity={severity} />
    </Command.Item>
  );
}
