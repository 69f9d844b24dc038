import { useEffect, useEffectEvent, useId } from "react";
import { useLive } from "../../live/useLive.ts";
import { sayingOf } from "../../replay/change.ts";
import { type PastMoment, SPEEDS, type TimeMachine } from "../../replay/timeMachine.ts";
import { Button } from "../../ui/button/Button.tsx";
import styles from "./TimeStrip.module.css";

interface Props {
  readonly machine: TimeMachine;
  readonly canDepart: boolean;
}

/** The way into the past: a scrubber over the log, and what a player has. */
export function TimeStrip({ machine, canDepart }: Props) {
  const moment = useLive(machine.moment);
  const isPast = moment.kind === "past";
  useStripKeys(machine, isPast, canDepart);
  return (
    <section className={styles.strip} aria-label="Time travel" data-past={isPast}>
      {moment.kind === "now" ? (
        <Button look="quiet" className={styles.depart} disabled={!canDepart} onClick={() => machine.depart()}>
          <Sign d="M8 4v4l3 2M3 8a5 5 0 1 1 1.5 3.5M3 13v-3h3" />
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
        <IconButton
          label="One change back"
          keys="["
          onClick={() => machine.step(-1)}
          d="M12 3 6 8l6 5ZM4 3v10"
        />
        {isPlaying ? (
          <IconButton label="Pause" keys="Space" onClick={() => machine.pause()} d="M5 3v10M11 3v10" />
        ) : (
          <IconButton
            label="Play"
            keys="Space"
            isOff={isAtEnd}
            onClick={() => machine.play()}
            d="M5 3l8 5-8 5Z"
          />
        )}
        <IconButton
          label="One change on"
          keys="]"
          isOff={isAtEnd}
          onClick={() => machine.step(1)}
          d="M4 3l6 5-6 5ZM12 3v10"
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
        aria-valuetext={`${position} of ${end}${change === undefined ? "" : `, ${momentOf(change.at)}`}`}
        onChange={(event) => {
          machine.pause();
          machine.goTo(Number(event.currentTarget.value));
        }}
      />
      <p className={styles.saying}>
        <strong>The past</strong>
        {change !== undefined && <time dateTime={change.at}>{momentOf(change.at)}</time>}
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
  readonly d: string;
  readonly isOff?: boolean;
  readonly onClick: () => void;
}

function IconButton({ label, keys, d, isOff = false, onClick }: IconButtonProps) {
  // Not `disabled`: whoever has just pressed it keeps the focus.
  return (
    <Button
      look="quiet"
      aria-label={label}
      title={`${label} (${keys})`}
      aria-disabled={isOff}
      onClick={() => !isOff && onClick()}
    >
      <Sign d={d} />
    </Button>
  );
}

function Sign({ d }: { d: string }) {
  return (
    <svg className={styles.sign} viewBox="0 0 16 16" aria-hidden="true">
      <path d={d} />
    </svg>
  );
}

/** T leaves and returns, [ and ] step, the space bar plays; not while somebody types. */
function useStripKeys(machine: TimeMachine, isPast: boolean, canDepart: boolean): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) {
      return;
    }
    if (event.key === "t" && canDepart) {
      if (isPast) {
        machine.returnToNow();
      } else {
        machine.depart();
      }
    } else if (isPast && event.key === "[") {
      machine.step(-1);
    } else if (isPast && event.key === "]") {
      machine.step(1);
    } else if (isPast && event.key === " " && !isPressable(event.target)) {
      event.preventDefault();
      const moment = machine.moment.get();
      if (moment.kind === "past" && moment.isPlaying) {
        machine.pause();
      } else {
        machine.play();
      }
    }
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    addEventListener("keydown", listener);
    return () => removeEventListener("keydown", listener);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("textarea, select, input:not([type=range])"))
  );
}

function isPressable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("button, a, summary");
}

function momentOf(at: string): string {
  return new Date(at).toLocaleString(undefined, {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
}
