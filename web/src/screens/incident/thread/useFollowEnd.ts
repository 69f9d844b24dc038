import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";

/** As near to the end as makes no difference. */
const NEAR = 32;

interface FollowEnd {
  /** How many have come below what he sees. */
  readonly unseen: number;
  goToEnd(): void;
}

/**
 * Keeps the end of a conversation in view for whoever is there, and for whoever has just written; anybody else stays
 * where he reads, and is told how many have come. What there is when it `isReady` moves nobody.
 */
export function useFollowEnd(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  isReady: boolean,
  isOwnLast: boolean,
): FollowEnd {
  const [unseen, setUnseen] = useState(0);
  const isAtEnd = useRef(false);
  const before = useRef<number>(undefined);

  useLayoutEffect(() => {
    const column = scroller.current;
    if (column === null || !isReady) {
      return;
    }
    const added = before.current === undefined ? 0 : count - before.current;
    before.current = count;
    if (added > 0 && (isAtEnd.current || isOwnLast)) {
      column.scrollTop = column.scrollHeight;
    } else if (added > 0) {
      setUnseen((sum) => sum + added);
    }
    isAtEnd.current = isNearEndOf(column);
  }, [scroller, count, isReady, isOwnLast]);

  useEffect(() => {
    const column = scroller.current;
    const see = () => {
      if (column !== null) {
        isAtEnd.current = isNearEndOf(column);
        if (isAtEnd.current) {
          setUnseen(0);
        }
      }
    };
    column?.addEventListener("scroll", see, { passive: true });
    return () => column?.removeEventListener("scroll", see);
  }, [scroller]);

  return {
    unseen,
    goToEnd() {
      const column = scroller.current;
      column?.scrollTo({ top: column.scrollHeight });
    },
  };
}

function isNearEndOf({ scrollTop, clientHeight, scrollHeight }: HTMLElement): boolean {
  return scrollHeight - scrollTop - clientHeight < NEAR;
}
