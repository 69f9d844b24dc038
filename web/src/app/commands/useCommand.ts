import { useEffect, useEffectEvent } from "react";
import { useShell } from "../shell/ShellProvider.tsx";
import type { CommandName } from "./commands.ts";

/** Lets a command do `run` while the component is shown and `isOn`. */
export function useCommand(name: CommandName, run: () => void, isOn = true): void {
  const { commands } = useShell();
  const latest = useEffectEvent(run);
  useEffect(() => (isOn ? commands.bind(name, () => latest()) : undefined), [commands, name, isOn]);
}
