import type { AnalyticsOverview, Day } from "../../api/generated/rest.ts";
import { LOCATIONS, SEVERITIES, type Severity, STATUSES } from "../../sync/index.ts";
import type { Table } from "../../ui/table/table.ts";
import { nameOfWord } from "../../ui/words.ts";

/** One bar of a chart. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  readonly severity?: Severity;
}

export function severityBars({ bySeverity }: AnalyticsOverview): readonly Bar[] {
  return SEVERITIES.toReversed().map((severity) => ({
    name: nameOfWord(severity),
    value: bySeverity[severity] ?? 0,
    severity,
  }));
}

export function locationBars({ byLocation }: AnalyticsOverview): readonly Bar[] {
  return LOCATIONS.map((location) => ({ name: nameOfWord(location), value: byLocation[location] ?? 0 })).sort(
    (one, other) => other.value - one.value,
  );
}

export function statusBars({ byStatus }: AnalyticsOverview): readonly Bar[] {
  return STATUSES.map((status) => ({ name: nameOfWord(status), value: byStatus[status] ?? 0 }));
}

/** In seconds; of severities of which nothing has been resolved, none. */
export function resolutionBars({ timeToResolveBySeverity }: AnalyticsOverview): readonly Bar[] {
  return SEVERITIES.toReversed().flatMap((severity) => {
    const average = timeToResolveBySeverity[severity]?.averageSeconds ?? undefined;
    return average === undefined ? [] : [{ name: nameOfWord(severity), value: average, severity }];
  });
}

/** The last `count` days up to `today`, also those on which nothing happened. */
export function lastDays(days: readonly Day[], today: string, count: number): readonly Day[] {
  const known = new Map(days.map((day) => [day.day, day]));
  return Array.from({ length: count }, (_, index) => {
    const moment = new Date(`${today}T00:00:00Z`);
    moment.setUTCDate(moment.getUTCDate() - (count - 1 - index));
    const day = moment.toISOString().slice(0, 10);
    return known.get(day) ?? { day, reported: 0, resolved: 0 };
  });
}

/** "4 d 3 h", "3 h 20 min", "12 min", "40 s": the two largest units. */
export function durationOf(seconds: number): string {
  if (seconds > 0 && seconds < 1) {
    return "< 1 s";
  }
  const units = [
    [86_400, "d"],
    [3_600, "h"],
    [60, "min"],
    [1, "s"],
  ] as const;
  let rest = Math.round(seconds);
  const parts: string[] = [];
  for (const [size, name] of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) {
      parts.push(`${count} ${name}`);
    } else if (parts.length > 0) {
      break;
    }
    if (parts.length === 2) {
      break;
    }
  }
  return parts.join(" ") || "0 s";
}

/** The least round number (1, 2 or 5 and zeros) that is not below any of the values. */
export function roundedMost(values: readonly number[]): number {
  const most = Math.max(1, ...values);
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= most) ?? most;
}

export function tableOfBars(title: string, value: string, bars: readonly Bar[]): Table {
  return { title, columns: ["Name", value], rows: bars.map((bar) => [bar.name, bar.value]) };
}

export function tableOfDays(title: string, days: readonly Day[]): Table {
  return {
    title,
    columns: ["Day", "Reported", "Resolved"],
    rows: days.map(({ day, reported, resolved }) => [day, reported, resolved]),
  };
}
