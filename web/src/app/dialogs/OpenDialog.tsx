import { lazy, Suspense } from "react";
import { useLive } from "../../live/useLive.ts";
import { useShell } from "../shell/ShellProvider.tsx";
import type { Dialog } from "./dialog.ts";

// Nobody needs them to see the first screen.
const AssignDialog = lazy(() => import("./AssignDialog.tsx"));
const Palette = lazy(() => import("./Palette.tsx"));
const ReportDialog = lazy(() => import("./ReportDialog.tsx"));
const ResolveDialog = lazy(() => import("./ResolveDialog.tsx"));
const ShortcutsSheet = lazy(() => import("./ShortcutsSheet.tsx"));

/** The dialog that is open, if any. */
export function OpenDialog() {
  const { dialog } = useShell();
  const open = useLive(dialog);
  return (
    <Suspense>{open !== undefined && <Shown dialog={open} onClose={() => dialog.set(undefined)} />}</Suspense>
  );
}

function Shown({ dialog, onClose }: { dialog: Dialog; onClose: () => void }) {
  switch (dialog.kind) {
    case "report":
      return <ReportDialog onClose={onClose} />;
    case "palette":
      return <Palette onClose={onClose} />;
    case "shortcuts":
      return <ShortcutsSheet onClose={onClose} />;
    case "resolve":
      return <ResolveDialog incidents={dialog.incidents} onClose={onClose} />;
    case "assign":
      return <AssignDialog incidents={dialog.incidents} onClose={onClose} />;
  }
}
