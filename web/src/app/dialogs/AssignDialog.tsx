import type { Incident } from "../../sync/index.ts";
import { Dialog } from "../../ui/dialog/Dialog.tsx";
import PersonPicker from "../../ui/person/PersonPicker.tsx";
import { isAtLeast } from "../rights.ts";
import { useMe, useSync } from "../SyncProvider.tsx";
import { titleFor } from "./titleFor.ts";

interface Props {
  readonly incidents: readonly Incident[];
  readonly onClose: () => void;
}

/** Assigns incidents to somebody, who hears of it, or to nobody. */
export default function AssignDialog({ incidents, onClose }: Props) {
  const { deeds } = useSync();
  const me = useMe();
  const isAnyAssigned = incidents.some(({ assigned_to }) => assigned_to !== null);
  return (
    <Dialog title={titleFor("Assign", incidents)} onClose={onClose}>
      <PersonPicker
        label="To whom? A prefect or above"
        accepts={(user) => isAtLeast(user, "PREFECT")}
        first={isAtLeast(me, "PREFECT") ? me : undefined}
        nobody={isAnyAssigned ? "Nobody" : undefined}
        onChoose={(user) => {
          for (const { id } of incidents) {
            deeds.begin({ kind: "assign", incidentId: id, userId: user?.id ?? null });
          }
          onClose();
        }}
      />
    </Dialog>
  );
}
