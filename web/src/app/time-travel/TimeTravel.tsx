import { createContext, lazy, type ReactNode, Suspense, use, useState } from "react";
import { Cell, type Live } from "../../live/live.ts";
import { useLive } from "../../live/useLive.ts";
import type { Moment } from "../../replay/moment.ts";
import { type IncidentFilter, type IncidentRow, matcherOf } from "../../sync/index.ts";
import { useSync } from "../SyncProvider.tsx";
import styles from "./TimeTravel.module.css";

// Nobody who only looks at the present waits for it.
const TimeStrip = lazy(() => import("./TimeStrip.tsx"));

const PRESENT: Moment = { kind: "now" };

const MomentContext = createContext<Live<Moment>>(new Cell(PRESENT));

interface Props {
  /** The position that the address says; undefined for the present. */
  readonly at: number | undefined;
  /** Writes it there. */
  readonly onAtChange: (at: number | undefined) => void;
  readonly children: ReactNode;
}

/** A screen that can show the past, with the strip below it that goes there. */
export function TimeTravel({ at, onAtChange, children }: Props) {
  const [moment] = useState(() => new Cell(PRESENT));
  return (
    <MomentContext value={moment}>
      <div className={styles.journey} data-past={useLive(moment).kind === "past"}>
        <div className={styles.view}>{children}</div>
        <Suspense>
          <TimeStrip moment={moment} at={at} onAtChange={onAtChange} />
        </Suspense>
      </div>
    </MomentContext>
  );
}

/** What is shown around here: the present, unless somebody travels. */
export function useMoment(): Moment {
  return useLive(use(MomentContext));
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
