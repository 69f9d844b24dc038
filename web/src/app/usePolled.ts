import { useEffect, useEffectEvent, useState } from "react";
import { ApiProblem } from "../sync/index.ts";

interface Shown<T> {
  /** The last one there was. */
  readonly answer: T | undefined;
  /** Why the last question had none. */
  readonly problem: ApiProblem | undefined;
}

export interface Polled<T> extends Shown<T> {
  /** Asks at once. */
  refresh(): void;
}

interface Options {
  /** What is asked for; another one is asked for at once, and what was answered for this one is forgotten. */
  readonly key?: string;
  /** In milliseconds; without it, it is asked once. */
  readonly every?: number;
  readonly isOn?: boolean;
}

/** For what the server answers and does not tell: asks again and again, while somebody can see it. */
export function usePolled<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  { key = "", every, isOn = true }: Options = {},
): Polled<T> {
  const [shown, setShown] = useState<Shown<T> & { key: string }>({
    key,
    answer: undefined,
    problem: undefined,
  });
  const [round, setRound] = useState(0);
  const latest = useEffectEvent(ask);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another key or round is another question.
  useEffect(() => {
    if (!isOn) {
      return;
    }
    const leaving = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;

    async function turn() {
      if (document.visibilityState === "visible") {
        await askOnce();
      }
      if (every !== undefined && !leaving.signal.aborted) {
        timer = setTimeout(() => void turn(), every);
      }
    }

    async function askOnce() {
      try {
        const answer = await latest(leaving.signal);
        if (!leaving.signal.aborted) {
          setShown({ key, answer, problem: undefined });
        }
      } catch (problem) {
        if (leaving.signal.aborted) {
          return;
        }
        if (!(problem instanceof ApiProblem)) {
          throw problem;
        }
        setShown((before) => ({ key, answer: before.key === key ? before.answer : undefined, problem }));
      }
    }

    void turn();
    return () => {
      leaving.abort();
      clearTimeout(timer);
    };
  }, [key, every, isOn, round]);

  const isThis = shown.key === key;
  return {
    answer: isThis ? shown.answer : undefined,
    problem: isThis ? shown.problem : undefined,
    refresh: () => setRound((before) => before + 1),
  };
}
