import type { Day } from "../../api/generated/rest.ts";
import styles from "./DayChart.module.css";
import { roundedMost } from "./figures.ts";

const HEIGHT = 180;
/** Left of the days, for the scale. */
const SCALE = 36;
/** Below the days, for their names. */
const NAMES = 20;
const TOP = 8;

/** Two bars for each day: what was reported, and what was resolved. */
export function DayChart({ days }: { days: readonly Day[] }) {
  const most = roundedMost(days.flatMap(({ reported, resolved }) => [reported, resolved]));
  const ground = HEIGHT - NAMES;
  const heightOf = (value: number) => (value / most) * (ground - TOP);
  const lines = most >= 2 ? [0, most / 2, most] : [0, most];
  const everySo = Math.ceil(days.length / 6);
  return (
    <div className={styles.chart} aria-hidden="true">
      <svg width={SCALE} height={HEIGHT} aria-hidden="true">
        {lines.map((value) => (
          <text key={value} className={styles.scale} x={SCALE - 8} y={ground - heightOf(value) + 4}>
            {value}
          </text>
        ))}
      </svg>
      <svg className={styles.days} width="100%" height={HEIGHT} aria-hidden="true">
        {lines.map((value) => (
          <line
            key={value}
            className={styles.line}
            x2="100%"
            y1={ground - heightOf(value)}
            y2={ground - heightOf(value)}
          />
        ))}
        {days.map(({ day, reported, resolved }, index) => {
          const width = 100 / days.length;
          const left = index * width;
          return (
            <g key={day} className={styles.day}>
              <title>{`${nameOf(day)}: ${reported} reported, ${resolved} resolved`}</title>
              <rect className={styles.hit} x={`${left}%`} width={`${width}%`} height={ground} />
              <rect
                className={styles.reported}
                x={`${left + width * 0.14}%`}
                width={`${width * 0.34}%`}
                y={ground - heightOf(reported)}
                height={heightOf(reported)}
              />
              <rect
                className={styles.resolved}
                x={`${left + width * 0.52}%`}
                width={`${width * 0.34}%`}
                y={ground - heightOf(resolved)}
                height={heightOf(resolved)}
              />
              {(days.length - 1 - index) % everySo === 0 && (
                <text className={styles.name} x={`${left + width}%`} y={HEIGHT - 4}>
                  {nameOf(day)}
                </text>
              )}
            </g>
          );
        })}
      </svg>
    </div>
  );
}

export function DayLegend() {
  return (
    <ul className={styles.legend}>
      <li data-series="reported">reported</li>
      <li data-series="resolved">resolved</li>
    </ul>
  );
}

/** Days are days in UTC, wherever one is. */
function nameOf(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString(undefined, {
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  });
}
