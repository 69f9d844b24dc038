import { createContext, type ReactNode, use, useEffect, useEffectEvent, useState } from "react";
import { Cell, type Live } from "../../live/live.ts";
import { useLive } from "../../live/useLive.ts";
import { type Moment, TimeMachine } from "../../replay/timeMachine.ts";
import { type IncidentFilter, type IncidentRow, matcherOf } from "../../sync/index.ts";
import { useSync } from "../SyncProvider.tsx";
import { TimeStrip } from "./TimeStrip.tsx";
import styles from "./TimeTravel.module.css";

const TimeTravelContext = createContext<TimeMachine | undefined>(undefined);

/** The position moves quickly while it is dragged; the address follows when it rests. */
const REST = 300;

const ALWAYS_NOW: Live<Moment> = new Cell<Moment>({ kind: "now" });

interface Props {
  /** The position that the address says; undefined for the present. */
  readonly at: number | undefined;
  /** Writes it there. */
  readonly onAtChange: (at: number | undefined) => void;
  readonly children: ReactNode;
}

/** A screen that can show the past, with the strip below it that goes there. */
export function TimeTravel({ at, onAtChange, children }: Props) {
  const sync = useSync();
  const [machine] = useState(() => new TimeMachine(sync));
  const isComplete = useLive(sync.incidents.isComplete);
  const moment = useLive(machine.moment);
  const tell = useEffectEvent(onAtChange);
  const follow = useEffectEvent(() => {
    const shown = machine.moment.get();
    if (at === undefined) {
      machine.returnToNow();
    } else if (shown.kind === "now" || shown.position !== at) {
      machine.goTo(at);
    }
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: what the address says now is followed, and nothing else.
  useEffect(() => {
    if (isComplete) {
      follow();
    }
  }, [at, isComplete]);

  useEffect(() => {
    let rest: ReturnType<typeof setTimeout> | undefined;
    const stop = machine.moment.subscribe(() => {
      clearTimeout(rest);
      rest = setTimeout(() => {
        const shown = machine.moment.get();
        if (shown.kind === "now" || !shown.isPlaying) {
          tell(shown.kind === "now" ? undefined : shown.position);
        }
      }, REST);
    });
    return () => {
      clearTimeout(rest);
      stop();
    };
  }, [machine]);
  useEffect(() => () => machine.pause(), [machine]);

  return (
    <TimeTravelContext value={machine}>
      <div className={styles.journey} data-past={moment.kind === "past"}>
        <div className={styles.view}>{children}</div>
        <TimeStrip machine={machine} canDepart={isComplete} />
      </div>
    </TimeTravelContext>
  );
}

/** What is shown around here: the present, unless somebody travels. */
export function useMoment(): Moment {
  return useLive(use(TimeTravelContext)?.moment ?? ALWAYS_NOW);
}

/** The incidents that a filter lets through, newest first, as they are or as they were at the moment that is shown. */
export function useIncidentsAsOf(filter: IncidentFilter): readonly IncidentRow[] {
  const moment = useMoment();
  const present = useLive(useSync().incidents.list(filter));
  if (moment.kind === "now") {
    return present;
  }
  return (moment.incidents ?? []).filter(matcherOf(filter)).map((incident) => ({
    key: String(incident.id),
    incident,
    saved: incident,
    deeds: [],
  }));
}
