import { Kept } from "../../live/kept.ts";
import type { Tone } from "./tone.ts";

export interface SoundSettings extends Readonly<Record<Tone, boolean>> {
  /** None at all, whatever the rest says. */
  readonly isMuted: boolean;
}

const ALL: SoundSettings = { isMuted: false, mention: true, assignment: true, urgent: true };

/** Which sounds somebody wants in this browser. */
export const soundSettings = new Kept<SoundSettings>("marauders-map.sounds", (kept) => ({
  ...ALL,
  ...(typeof kept === "object" ? kept : {}),
}));

export function toggleMute(): void {
  const settings = soundSettings.get();
  soundSettings.set({ ...settings, isMuted: !settings.isMuted });
}
