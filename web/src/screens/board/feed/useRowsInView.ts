import { type RefObject, useLayoutEffect, useState } from "react";

/** Rows from `from` up to, not with, `to`. */
interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** So many beyond each edge, so that nothing is blank while one scrolls. */
const MARGIN = 10;
/** In such steps: not every row that comes into view is a reason to draw. */
const STEP = 5;

/** Which rows are to be drawn, all of them being as high. `standing` is looked at again whenever it is another one. */
export function useRowsInView(
  scroller: RefObject<HTMLElement | null>,
  rowHeight: number,
  standing: unknown,
): RowRange {
  const [range, setRange] = useState<RowRange>({ from: 0, to: MARGIN });

  // Before it is painted: where the list was shifted under the reader, no row must be missing.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what has changed may have scrolled.
  useLayoutEffect(() => {
    const list = scroller.current;
    if (list === null) {
      return;
    }
    const look = () => {
      const seen = rangeIn(list, rowHeight);
      setRange((before) => (before.from === seen.from && before.to === seen.to ? before : seen));
    };
    look();
    list.addEventListener("scroll", look, { passive: true });
    const resizing = new ResizeObserver(look);
    resizing.observe(list);
    return () => {
      list.removeEventListener("scroll", look);
      resizing.disconnect();
    };
  }, [scroller, rowHeight, standing]);

  return range;
}

function rangeIn({ scrollTop, clientHeight }: HTMLElement, rowHeight: number): RowRange {
  const first = Math.floor(scrollTop / rowHeight) - MARGIN;
  const last = Math.ceil((scrollTop + clientHeight) / rowHeight) + MARGIN;
  return { from: Math.max(0, Math.floor(first / STEP) * STEP), to: Math.ceil(last / STEP) * STEP };
}
