import styles from "./BarChart.module.css";
import type { Bar } from "./figures.ts";

interface Props {
  readonly bars: readonly Bar[];
  readonly format?: (value: number) => string;
}

/** Bars that lie, with their names and values in text. */
export function BarChart({ bars, format = String }: Props) {
  const most = Math.max(1, ...bars.map(({ value }) => value));
  return (
    <div className={styles.bars} aria-hidden="true">
      {bars.map(({ name, value, severity }) => (
        <div key={name} className={styles.row} data-severity={severity}>
          <span className={styles.name}>{name}</span>
          <svg className={styles.track} width="100%" height="14" aria-hidden="true">
            <rect className={styles.ground} width="100%" height="14" rx="3" />
            {value > 0 && (
              <rect className={styles.bar} width={`${(value / most) * 100}%`} height="14" rx="3" />
            )}
          </svg>
          <span className={styles.value}>{format(value)}</span>
        </div>
      ))}
    </div>
  );
}
