import type { CommandName } from "../../../app/commands/commands.ts";
import { COMMANDS, keysOf } from "../../../app/commands/commands.ts";
import { useCommand } from "../../../app/commands/useCommand.ts";
import { mayAssign, type Step, stepsFor } from "../../../app/rights.ts";
import { useMe, useSync } from "../../../app/SyncProvider.tsx";
import { useShell } from "../../../app/shell/ShellProvider.tsx";
import type { Incident } from "../../../sync/index.ts";
import { Button } from "../../../ui/button/Button.tsx";
import { Icon, type IconName } from "../../../ui/icon/Icon.tsx";
import styles from "./IncidentHead.module.css";

interface Props {
  readonly incident: Incident;
  readonly onEdit: (() => void) | undefined;
}

/** What somebody may do with it, as it stands. */
export function StepButtons({ incident, onEdit }: Props) {
  const { deeds } = useSync();
  const { dialog } = useShell();
  const me = useMe();
  const steps = stepsFor(me, incident);
  const incidentId = incident.id;

  function take(step: Exclude<Step, "resolve">) {
    deeds.begin({ kind: step, incidentId });
  }

  useCommand("start", () => take("start"), steps.includes("start"));
  useCommand("reopen", () => take("reopen"), steps.includes("reopen"));
  useCommand("archive", () => take("archive"), steps.includes("archive"));

  return (
    <div className={styles.steps}>
      {steps.includes("start") && <StepButton name="start" icon="start" onClick={() => take("start")} />}
      {steps.includes("resolve") && (
        <StepButton
          name="resolve"
          icon="resolved"
          onClick={() => dialog.set({ kind: "resolve", incidents: [incident] })}
        />
      )}
      {mayAssign(me, incident) && (
        <StepButton
          name="assign"
          icon="person"
          onClick={() => dialog.set({ kind: "assign", incidents: [incident] })}
        />
      )}
      {onEdit !== undefined && <StepButton name="edit" icon="edit" onClick={onEdit} />}
      {steps.includes("reopen") && <StepButton name="reopen" icon="reopen" onClick={() => take("reopen")} />}
      {steps.includes("archive") && (
        <StepButton name="archive" icon="archive" onClick={() => take("archive")} />
      )}
    </div>
  );
}

interface StepButtonProps {
  readonly name: CommandName;
  readonly icon: IconName;
  readonly onClick: () => void;
}

function StepButton({ name, icon, onClick }: StepButtonProps) {
  const keys = keysOf(name).map((stroke) => stroke.join("+"));
  return (
    <Button onClick={onClick} title={`${COMMANDS[name].title} (${keys.join(" ")})`}>
      <Icon name={icon} />
      {COMMANDS[name].title}
    </Button>
  );
}
