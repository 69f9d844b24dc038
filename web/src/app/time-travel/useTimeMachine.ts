import { useEffect, useEffectEvent, useState } from "react";
import type { Cell } from "../../live/live.ts";
import type { Moment } from "../../replay/moment.ts";
import { TimeMachine } from "../../replay/timeMachine.ts";
import { useSync } from "../SyncProvider.tsx";

/** The position moves quickly while it is dragged; the address follows when it rests. */
const REST = 300;

/** A time machine that goes where the address says, and says there where it has gone. `isReady`: it may depart. */
export function useTimeMachine(
  moment: Cell<Moment>,
  at: number | undefined,
  isReady: boolean,
  onAtChange: (at: number | undefined) => void,
): TimeMachine {
  const sync = useSync();
  const [machine] = useState(() => new TimeMachine(sync, moment));
  const tell = useEffectEvent((position: number | undefined) => {
    if (position !== at) {
      onAtChange(position);
    }
  });

  useEffect(() => {
    const shown = moment.get();
    if (!isReady) {
      return;
    }
    if (at === undefined) {
      machine.returnToNow();
    } else if (shown.kind === "now" || shown.position !== at) {
      machine.goTo(at);
    }
  }, [machine, moment, at, isReady]);

  useEffect(() => {
    let rest: ReturnType<typeof setTimeout> | undefined;
    const stop = moment.subscribe(() => {
      clearTimeout(rest);
      rest = setTimeout(() => {
        const shown = moment.get();
        if (shown.kind === "now" || !shown.isPlaying) {
          tell(shown.kind === "now" ? undefined : shown.position);
        }
      }, REST);
    });
    return () => {
      clearTimeout(rest);
      stop();
      machine.pause();
    };
  }, [machine, moment]);

  return machine;
}
