import { useId } from "react";
import type { Cell } from "../../live/live.ts";
import { useLive } from "../../live/useLive.ts";
import { sayingOf } from "../../replay/change.ts";
import type { Moment, PastMoment } from "../../replay/moment.ts";
import { SPEEDS, type TimeMachine } from "../../replay/timeMachine.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Icon, type IconName } from "../../ui/icon/Icon.tsx";
import { preciseMomentOf } from "../../ui/time/preciseMoment.ts";
import { useCommand } from "../commands/useCommand.ts";
import { useSync } from "../SyncProvider.tsx";
import styles from "./TimeStrip.module.css";
import { useTimeMachine } from "./useTimeMachine.ts";

interface Props {
  readonly moment: Cell<Moment>;
  readonly at: number | undefined;
  readonly onAtChange: (at: number | undefined) => void;
}

/** The way into the past: a scrubber over the log, and what a player has. */
export default function TimeStrip({ moment: cell, at, onAtChange }: Props) {
  const canDepart = useLive(useSync().incidents.isComplete);
  const machine = useTimeMachine(cell, at, canDepart, onAtChange);
  const moment = useLive(cell);
  const isPast = moment.kind === "past";
  useStripCommands(machine, moment, canDepart);
  return (
    <section className={styles.strip} aria-label="Time travel" data-past={isPast}>
      {moment.kind === "now" ? (
        <Button look="quiet" className={styles.depart} disabled={!canDepart} onClick={() => machine.depart()}>
          <Icon name="turnback" />
          Turn back time
          <kbd className={styles.key}>T</kbd>
        </Button>
      ) : (
        <Player machine={machine} moment={moment} />
      )}
    </section>
  );
}

function Player({ machine, moment }: { machine: TimeMachine; moment: PastMoment }) {
  const speedId = useId();
  const { position, end, isPlaying, speed, change, incidents, problem } = moment;
  const isAtEnd = position >= end;
  return (
    <>
      <div className={styles.buttons}>
        <IconButton label="One change back" keys="[" onClick={() => machine.step(-1)} icon="step-back" />
        {isPlaying ? (
          <IconButton label="Pause" keys="P" onClick={() => machine.pause()} icon="pause" />
        ) : (
          <IconButton label="Play" keys="P" isOff={isAtEnd} onClick={() => machine.play()} icon="play" />
        )}
        <IconButton
          label="One change on"
          keys="]"
          isOff={isAtEnd}
          onClick={() => machine.step(1)}
          icon="step-on"
        />
        <label className={styles.speed} htmlFor={speedId}>
          <span className="visually-hidden">Speed</span>
          <select
            id={speedId}
            value={speed}
            onChange={(event) => machine.setSpeed(Number(event.currentTarget.value))}
          >
            {SPEEDS.map((each) => (
              <option key={each} value={each}>
                {each}×
              </option>
            ))}
          </select>
        </label>
      </div>
      <input
        className={styles.scrubber}
        type="range"
        min={0}
        max={end}
        value={position}
        aria-label="Position in the log"
        aria-valuetext={`${position} of ${end}${change === undefined ? "" : `, ${preciseMomentOf(change.at)}`}`}
        onChange={(event) => {
          machine.pause();
          machine.goTo(Number(event.currentTarget.value));
        }}
      />
      <p className={styles.saying}>
        <strong>The past</strong>
        {change !== undefined && <time dateTime={change.at}>{preciseMomentOf(change.at)}</time>}
        <span className={styles.change}>
          {problem !== undefined
            ? `${problem.message} Move on to try again.`
            : incidents === undefined
              ? "Reading the log…"
              : change === undefined
                ? "Nothing had happened yet."
                : sayingOf(change)}
        </span>
      </p>
      <Button look="main" className={styles.back} onClick={() => machine.returnToNow()}>
        Back to now
      </Button>
    </>
  );
}

interface IconButtonProps {
  readonly label: string;
  readonly keys: string;
  readonly icon: IconName;
  readonly isOff?: boolean;
  readonly onClick: () => void;
}

function IconButton({ label, keys, icon, isOff = false, onClick }: IconButtonProps) {
  // Not `disabled`: whoever has just pressed it keeps the focus.
  return (
    <Button
      look="quiet"
      aria-label={label}
      title={`${label} (${keys})`}
      aria-disabled={isOff}
      onClick={() => !isOff && onClick()}
    >
      <Icon name={icon} />
    </Button>
  );
}

function useStripCommands(machine: TimeMachine, moment: Moment, canDepart: boolean): void {
  const isPast = moment.kind === "past";
  useCommand("travel", () => (isPast ? machine.returnToNow() : machine.depart()), canDepart);
  useCommand("earlier", () => machine.step(-1), isPast);
  useCommand("later", () => machine.step(1), isPast);
  useCommand("play", () => (isPast && moment.isPlaying ? machine.pause() : machine.play()), isPast);
}
