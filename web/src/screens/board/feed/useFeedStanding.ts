import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { advance, type FeedStanding, type Reading, scrolledTo, startWith } from "./feedStanding.ts";

/**
 * Keeps what is being read where it is while the list grows above it. At the top, with neither pointer nor focus in the
 * list, new rows come in by themselves.
 */
export function useFeedStanding(
  keys: readonly string[],
  scroller: RefObject<HTMLElement | null>,
  rowHeight: number,
): FeedStanding {
  const [standing, setStanding] = useState(() => startWith(keys));
  const latest = useRef(standing);
  const shift = useRef(0);

  useLayoutEffect(() => {
    const list = scroller.current;
    if (list === null || latest.current.keys === keys) {
      return;
    }
    const step = advance(latest.current, keys, readingIn(list, rowHeight));
    latest.current = step.standing;
    shift.current += step.shift;
    setStanding(step.standing);
  }, [keys, scroller, rowHeight]);

  // Once there is room for it: a short list does not scroll by itself.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is drawn for this standing.
  useLayoutEffect(() => {
    if (scroller.current !== null && shift.current !== 0) {
      scroller.current.scrollTop += shift.current * rowHeight;
      shift.current = 0;
    }
  }, [standing, scroller, rowHeight]);

  useEffect(() => {
    const list = scroller.current;
    const see = () => {
      if (list !== null) {
        latest.current = scrolledTo(latest.current, readingIn(list, rowHeight).first);
        setStanding(latest.current);
      }
    };
    list?.addEventListener("scroll", see, { passive: true });
    return () => list?.removeEventListener("scroll", see);
  }, [scroller, rowHeight]);

  return standing;
}

function readingIn(list: HTMLElement, rowHeight: number): Reading {
  const isBusy = list.matches(":hover") || list.contains(document.activeElement);
  return { first: Math.floor(list.scrollTop / rowHeight), isFollowing: list.scrollTop < 1 && !isBusy };
}
