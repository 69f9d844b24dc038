import { useEffect, useState } from "react";
import type { AnalyticsOverview } from "../../api/generated/rest.ts";
import { useSync } from "../../app/SyncProvider.tsx";
import { ApiProblem } from "../../sync/index.ts";

interface Shown {
  readonly overview: AnalyticsOverview | undefined;
  /** Why it is not, or not any more, as it should be. */
  readonly problem: ApiProblem | undefined;
}

/** So many changes in so short a time are asked for once. */
const GATHER = 1_000;

/** The counters, asked for again whenever something has happened that they count. */
export function useOverview(): Shown {
  const { api, news, connection, log } = useSync();
  const [shown, setShown] = useState<Shown>({ overview: undefined, problem: undefined });

  useEffect(() => {
    const leaving = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;

    async function ask(wanted: number) {
      try {
        const { body, position } = await api.call("GET /api/analytics/overview", { signal: leaving.signal });
        setShown({ overview: body, problem: undefined });
        // They are counted behind the log, a moment later.
        if (position !== undefined && position < wanted) {
          askSoon();
        }
      } catch (problem) {
        if (leaving.signal.aborted) {
          return;
        }
        if (!(problem instanceof ApiProblem)) {
          throw problem;
        }
        setShown((before) => ({ ...before, problem }));
      }
    }

    function askSoon() {
      timer ??= setTimeout(() => {
        timer = undefined;
        void ask(log.get().position);
      }, GATHER);
    }

    void ask(log.get().position);
    const stopNews = news.subscribe(askSoon);
    const stopConnection = connection.subscribe(() => connection.get().kind === "live" && askSoon());
    return () => {
      leaving.abort();
      clearTimeout(timer);
      stopNews();
      stopConnection();
    };
  }, [api, news, connection, log]);

  return shown;
}
