import { useState } from "react";
import type { AnalyticsOverview } from "../../api/generated/rest.ts";
import styles from "./Analytics.module.css";
import { BarChart } from "./BarChart.tsx";
import { Chart } from "./Chart.tsx";
import { DayChart, DayLegend } from "./DayChart.tsx";
import {
  durationOf,
  lastDays,
  locationBars,
  resolutionBars,
  severityBars,
  statusBars,
  tableOfBars,
  tableOfDays,
} from "./figures.ts";
import { useOverview } from "./useOverview.ts";

const RANGES: readonly number[] = [14, 30, 90, 365];

/** Counters and charts: how many incidents there are, and how they fare. */
export function Analytics() {
  const { overview, problem } = useOverview();
  return (
    <section className={styles.screen}>
      <h1>Analytics</h1>
      {problem !== undefined && (
        <p role="alert" className={styles.problem}>
          {problem.message} {overview !== undefined && "What you see is what was known before."}
        </p>
      )}
      {overview === undefined ? (
        problem === undefined && <p className={styles.waiting}>Counting…</p>
      ) : (
        <Figures overview={overview} />
      )}
    </section>
  );
}

function Figures({ overview }: { overview: AnalyticsOverview }) {
  const [range, setRange] = useState(30);
  const { total, byStatus, timeToResolve } = overview;
  const active = (byStatus.OPEN ?? 0) + (byStatus.IN_PROGRESS ?? 0);
  const days = lastDays(overview.perDay, new Date().toISOString().slice(0, 10), range);
  const today = days.at(-1);
  const severities = severityBars(overview);
  const locations = locationBars(overview);
  const statuses = statusBars(overview);
  const resolutions = resolutionBars(overview);
  return (
    <>
      <dl className={styles.counters}>
        <Counter name="Incidents" value={total} />
        <Counter name="Open or in progress" value={active} />
        <Counter name="Reported today" value={today?.reported ?? 0} />
        <Counter name="Resolved today" value={today?.resolved ?? 0} />
        <Counter
          name="Average time to resolve"
          value={timeToResolve.averageSeconds === null ? "—" : durationOf(timeToResolve.averageSeconds)}
        />
      </dl>
      <div className={styles.charts}>
        <Chart
          table={tableOfDays("Per day", days)}
          isWide
          legend={
            <>
              <DayLegend />
              <Range days={range} onChange={setRange} />
            </>
          }
        >
          <DayChart days={days} />
        </Chart>
        <Chart table={tableOfBars("By severity", "Incidents", severities)}>
          <BarChart bars={severities} />
        </Chart>
        <Chart table={tableOfBars("By place", "Incidents", locations)}>
          <BarChart bars={locations} />
        </Chart>
        <Chart table={tableOfBars("By status", "Incidents", statuses)}>
          <BarChart bars={statuses} />
        </Chart>
        <Chart table={tableOfBars("Average time to resolve", "Seconds", resolutions)} format={durationOf}>
          {resolutions.length === 0 ? (
            <p className={styles.waiting}>Nothing has been resolved yet.</p>
          ) : (
            <BarChart bars={resolutions} format={durationOf} />
          )}
        </Chart>
      </div>
    </>
  );
}

function Range({ days, onChange }: { days: number; onChange: (days: number) => void }) {
  return (
    <label className={styles.range}>
      <span className="visually-hidden">Shown are the last</span>
      <select value={days} onChange={(event) => onChange(Number(event.currentTarget.value))}>
        {RANGES.map((each) => (
          <option key={each} value={each}>
            {each} days
          </option>
        ))}
      </select>
    </label>
  );
}

function Counter({ name, value }: { name: string; value: number | string }) {
  return (
    <div className={styles.counter}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
