import { soundSettings } from "./soundSettings.ts";
import { SCORES, type Tone } from "./tone.ts";

/** For so long, a tone is not played again, in whatever tab. */
const REST = 1_500;
const LOUDNESS = 0.12;

let context: AudioContext | undefined;
const lastPlayed = new Map<Tone, number>();

/** Browsers let a page sound once somebody has clicked or typed; until then there is silence. Gives the way to stop waiting. */
export function allowTonesWithFirstDeed(): () => void {
  const allow = () => {
    // A key like Ctrl is no deed to a browser.
    if (navigator.userActivation?.hasBeenActive === false) {
      return;
    }
    context ??= new AudioContext();
    void context.resume();
    stop();
  };
  const stop = () => {
    removeEventListener("pointerup", allow);
    removeEventListener("keydown", allow);
  };
  addEventListener("pointerup", allow);
  addEventListener("keydown", allow);
  return stop;
}

/** Plays a tone, if it is wanted; of several tabs, one does. */
export function playTone(tone: Tone): void {
  const settings = soundSettings.get();
  const isResting = Date.now() - (lastPlayed.get(tone) ?? 0) < REST;
  if (context === undefined || settings.isMuted || !settings[tone] || isResting) {
    return;
  }
  lastPlayed.set(tone, Date.now());
  const played = context;
  void asOnlyTab(tone, () => sound(played, tone));
}

/** For the settings: plays it whether it is wanted or not. */
export function tryTone(tone: Tone): void {
  context ??= new AudioContext();
  sound(context, tone);
}

/** Whoever holds the lock has sounded for all. Without HTTPS there are no locks: then each tab is on its own. */
async function asOnlyTab(tone: Tone, play: () => void): Promise<void> {
  if (navigator.locks === undefined) {
    play();
    return;
  }
  await navigator.locks.request(`marauders-map.tone.${tone}`, { ifAvailable: true }, async (lock) => {
    if (lock !== null) {
      play();
      await new Promise((resolve) => setTimeout(resolve, REST));
    }
  });
}

function sound(played: AudioContext, tone: Tone): void {
  for (const { at, lasts, hertz } of SCORES[tone]) {
    const begin = played.currentTime + at;
    const oscillator = new OscillatorNode(played, { type: "triangle", frequency: hertz });
    const volume = new GainNode(played, { gain: 0 });
    // Without a slope at both ends it would click.
    volume.gain.setValueAtTime(0, begin);
    volume.gain.linearRampToValueAtTime(LOUDNESS, begin + 0.015);
    volume.gain.linearRampToValueAtTime(0, begin + lasts);
    oscillator.connect(volume).connect(played.destination);
    oscillator.start(begin);
    oscillator.stop(begin + lasts);
  }
}
