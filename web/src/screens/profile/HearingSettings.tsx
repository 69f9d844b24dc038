import { useState } from "react";
import { askForDesktop, desktopIsWanted } from "../../app/desktop/desktopNotifications.ts";
import { tryTone } from "../../app/sound/playTone.ts";
import { soundSettings } from "../../app/sound/soundSettings.ts";
import { TONES, type Tone } from "../../app/sound/tone.ts";
import { useLive } from "../../live/useLive.ts";
import { Button } from "../../ui/button/Button.tsx";
import styles from "./Profile.module.css";

const OCCASIONS: Readonly<Record<Tone, string>> = {
  mention: "Somebody mentions me",
  assignment: "An incident is assigned to me",
  urgent: "Something is critical or worse",
};

/** How one wants to hear of things: kept in this browser. */
export function HearingSettings() {
  const settings = useLive(soundSettings);
  const isDesktopWanted = useLive(desktopIsWanted);
  const [isRefused, setRefused] = useState(false);

  async function wantDesktop(isWanted: boolean) {
    if (isWanted) {
      setRefused(!(await askForDesktop()));
    } else {
      desktopIsWanted.set(false);
    }
  }

  return (
    <section className={styles.card} aria-labelledby="hearing-title">
      <h2 id="hearing-title">Sounds and notifications</h2>
      <p className={styles.hint}>
        For this browser. There is no sound before the first click: browsers want it so.
      </p>
      <label className={styles.setting}>
        <input
          type="checkbox"
          checked={settings.isMuted}
          onChange={({ target }) => soundSettings.set({ ...settings, isMuted: target.checked })}
        />
        No sounds at all
      </label>
      <fieldset className={styles.tones} disabled={settings.isMuted}>
        <legend>A sound when</legend>
        {TONES.map((tone) => (
          <div key={tone} className={styles.tone}>
            <label className={styles.setting}>
              <input
                type="checkbox"
                checked={settings[tone]}
                onChange={({ target }) => soundSettings.set({ ...settings, [tone]: target.checked })}
              />
              {OCCASIONS[tone]}
            </label>
            <Button look="quiet" aria-label={`Play: ${OCCASIONS[tone]}`} onClick={() => tryTone(tone)}>
              Play
            </Button>
          </div>
        ))}
      </fieldset>
      <label className={styles.setting}>
        <input
          type="checkbox"
          checked={isDesktopWanted}
          onChange={({ target }) => void wantDesktop(target.checked)}
        />
        Notifications of the system, while this page is not in front
      </label>
      <div role="status">
        {isRefused && (
          <p className={styles.bad}>The browser does not allow it. Its settings for this page do.</p>
        )}
      </div>
    </section>
  );
}
