import { beforeEach, describe, expect, it, vi } from "vitest";
import { notes } from "../../testing/silentAudio.ts";
import type { SoundSettings } from "./soundSettings.ts";
import { SCORES } from "./tone.ts";

/** As if the page had just been opened. */
async function opened() {
  vi.resetModules();
  return { ...(await import("./playTone.ts")), ...(await import("./soundSettings.ts")) };
}

async function heard(settings: Partial<SoundSettings> = {}) {
  const page = await opened();
  page.soundSettings.set({ ...page.soundSettings.get(), ...settings });
  page.allowTonesWithFirstDeed();
  window.dispatchEvent(new Event("keydown"));
  page.playTone("mention");
  return notes;
}

describe("tones", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    notes.length = 0;
  });

  it("should be silent until the first deed", async () => {
    const { allowTonesWithFirstDeed, playTone } = await opened();
    allowTonesWithFirstDeed();

    playTone("urgent");

    expect(notes).toEqual([]);
  });

  it("should sound from then on", async () => {
    expect(await heard()).toEqual(SCORES.mention.map(({ hertz }) => hertz));
  });

  it("should be silent when muted, or when that one is not wanted", async () => {
    expect(await heard({ isMuted: true })).toEqual([]);
    expect(await heard({ isMuted: false, mention: false })).toEqual([]);
  });

  it("should not be repeated at once", async () => {
    const { allowTonesWithFirstDeed, playTone } = await opened();
    allowTonesWithFirstDeed();
    window.dispatchEvent(new Event("keydown"));

    playTone("mention");
    playTone("mention");
    expect(notes).toHaveLength(1);

    vi.advanceTimersByTime(2_000);
    playTone("mention");
    expect(notes).toHaveLength(2);
  });
});
