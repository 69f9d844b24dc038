import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { Keyboard } from "../commands/keyboard.ts";
import { useCommand } from "../commands/useCommand.ts";
import { useShell } from "../shell/ShellProvider.tsx";
import { toggleMute } from "../sound/soundSettings.ts";
import { LANES } from "./lanes.ts";

/** What can be done on every screen, and the keys that do it. */
export function useFrameCommands(): void {
  const { commands, dialog } = useShell();
  const navigate = useNavigate();
  useEffect(() => new Keyboard(commands).listen(), [commands]);
  useCommand("palette", () => dialog.set({ kind: "palette" }));
  useCommand("report", () => dialog.set({ kind: "report" }));
  useCommand("shortcuts", () => dialog.set({ kind: "shortcuts" }));
  useCommand("mute", toggleMute);
  useCommand("go-all", () => void navigate({ to: "/" }));
  useCommand("go-urgent", () => void navigate({ to: "/", search: LANES.urgent.search }));
  useCommand("go-open", () => void navigate({ to: "/", search: LANES.open.search }));
  useCommand("go-mine", () => void navigate({ to: "/", search: LANES.mine.search }));
  useCommand("go-resolved", () => void navigate({ to: "/", search: LANES.resolved.search }));
  useCommand("go-map", () => void navigate({ to: "/map" }));
  useCommand("go-analytics", () => void navigate({ to: "/analytics" }));
  useCommand("go-profile", () => void navigate({ to: "/profile" }));
}
