import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useCommand } from "../../../app/commands/useCommand.ts";
import type { IncidentRow } from "../../../sync/index.ts";
import { Icon } from "../../../ui/icon/Icon.tsx";
import type { Selection } from "../selection/useSelection.ts";
import styles from "./Feed.module.css";
import { FeedRow } from "./FeedRow.tsx";
import { useFeedStanding } from "./useFeedStanding.ts";
import { useRowsInView } from "./useRowsInView.ts";

/** As the style sheet has it. All rows are as high, so that ten thousand cost what ten do. */
const ROW_HEIGHT = 60;

interface Props {
  readonly rows: readonly IncidentRow[];
  readonly keys: readonly string[];
  readonly openId: number | undefined;
  readonly selection: Selection;
}

/** The list of incidents: only the rows in view are drawn. */
export function Feed({ rows, keys, openId, selection }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const standing = useFeedStanding(keys, scroller, ROW_HEIGHT);
  const { from, to } = useRowsInView(scroller, ROW_HEIGHT, standing);
  const [activeKey, setActiveKey] = useState<string>();
  // A row that is to have the focus once it is drawn.
  const [wanted, setWanted] = useState<string>();
  const active = activeKey === undefined ? -1 : keys.indexOf(activeKey);
  const isReporting = rows[0] !== undefined && rows[0].saved === undefined;

  // The same function always, since all rows have it.
  const toggle = useRef(selection.toggle);
  const select = useCallback((key: string, isRange: boolean) => toggle.current(key, isRange), []);
  useLayoutEffect(() => {
    toggle.current = selection.toggle;
  });

  useLayoutEffect(() => {
    if (wanted !== undefined) {
      const link = scroller.current?.querySelector(`[data-key="${CSS.escape(wanted)}"] a`);
      if (link instanceof HTMLElement) {
        link.focus({ preventScroll: true });
      }
      setWanted(undefined);
    }
  }, [wanted]);

  useEffect(() => {
    // One's own report is what one wants to see.
    if (isReporting) {
      scroller.current?.scrollTo({ top: 0 });
    }
  }, [isReporting]);

  /** Moves the focus to another row, which is always drawn from then on: the focus is not lost when it leaves the view. */
  function move(by: number) {
    const list = scroller.current;
    const inView = Math.ceil((list?.scrollTop ?? 0) / ROW_HEIGHT);
    const next = active < 0 ? inView : Math.min(rows.length - 1, Math.max(0, active + by));
    const key = keys[next];
    if (list !== null && key !== undefined) {
      const lowest = next * ROW_HEIGHT;
      const highest = lowest + ROW_HEIGHT - list.clientHeight;
      list.scrollTop = Math.min(lowest, Math.max(highest, list.scrollTop));
      setActiveKey(key);
      setWanted(key);
    }
  }

  function goToTop() {
    scroller.current?.scrollTo({ top: 0 });
  }

  useCommand("next-row", () => move(1));
  useCommand("previous-row", () => move(-1));
  useCommand("show-new", goToTop);
  useCommand("select-row", () => activeKey !== undefined && selection.toggle(activeKey, false));

  return (
    <div className={styles.feed}>
      {standing.unseen.size > 0 && (
        <button type="button" className={styles.pill} onClick={goToTop}>
          <Icon name="up" />
          {standing.unseen.size} new
        </button>
      )}
      <div ref={scroller} className={styles.scroller}>
        <ul
          className={styles.rows}
          aria-label="Incidents, newest first"
          style={{
            height: rows.length * ROW_HEIGHT,
            // So that what has come can stay above the view, also where the list is short.
            minHeight: `calc(100% + ${standing.unseen.size * ROW_HEIGHT}px)`,
          }}
        >
          {indexesOf(from, Math.min(to, rows.length), active).map((index) => {
            const row = rows[index];
            return (
              row !== undefined && (
                <FeedRow
                  key={row.key}
                  row={row}
                  place={{ transform: `translateY(${index * ROW_HEIGHT}px)` }}
                  position={index + 1}
                  total={rows.length}
                  isOpen={row.saved !== undefined && row.incident.id === openId}
                  isActive={index === Math.max(0, active)}
                  isSelected={selection.keys.has(row.key)}
                  isFresh={standing.fresh.has(row.key)}
                  onActivate={setActiveKey}
                  onSelect={select}
                />
              )
            );
          })}
        </ul>
      </div>
    </div>
  );
}

/** In the order of the list, which is that of the Tab key. */
function indexesOf(from: number, to: number, active: number): readonly number[] {
  const inView = Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
  if (active >= 0 && active < from) {
    return [active, ...inView];
  }
  return active >= to ? [...inView, active] : inView;
}
