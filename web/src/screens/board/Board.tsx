import { getRouteApi, Outlet, useMatch, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useDeferredValue, useMemo } from "react";
import { useCommand } from "../../app/commands/useCommand.ts";
import { isOf, mayAssign, stepsFor } from "../../app/rights.ts";
import { useMe, useSync } from "../../app/SyncProvider.tsx";
import { useShell } from "../../app/shell/ShellProvider.tsx";
import { TimeTravel, useIncidentsAsOf, useMoment } from "../../app/time-travel/TimeTravel.tsx";
import { atTime } from "../../app/time-travel/timeSearch.ts";
import { useLive } from "../../live/useLive.ts";
import type { Connection, Incident, IncidentRow } from "../../sync/index.ts";
import { clockTimeOf } from "../../ui/time/clockTime.ts";
import styles from "./Board.module.css";
import { filterOf } from "./boardSearch.ts";
import { EmptyFeed } from "./EmptyFeed.tsx";
import { Feed } from "./feed/Feed.tsx";
import { FilterBar } from "./filters/FilterBar.tsx";
import { useSelection } from "./selection/useSelection.ts";

const SelectionBar = lazy(() => import("./selection/SelectionBar.tsx"));

const IncidentAsOf = lazy(() => import("./IncidentAsOf.tsx"));

const route = getRouteApi("/users/board");

/** The feed of incidents, newest first, with the open one beside it; now, or at another time. */
export function Board() {
  const { at } = route.useSearch();
  // From wherever one is, which may be an open incident.
  const navigate = useNavigate();
  return (
    <TimeTravel
      at={at}
      onAtChange={(position) =>
        void navigate({ to: ".", search: atTime(position), hash: true, replace: true })
      }
    >
      <BoardAsOf />
    </TimeTravel>
  );
}

function BoardAsOf() {
  const sync = useSync();
  const me = useMe();
  const { dialog } = useShell();
  const navigate = useNavigate();
  const { at: _, ...search } = route.useSearch();
  const isPast = useMoment().kind === "past";
  const open = useMatch({ from: "/users/board/incidents/$id", shouldThrow: false });
  const openId = open === undefined ? undefined : Number(open.params.id);
  const found = useIncidentsAsOf(filterOf(search));
  // When hundreds arrive in a second, keys and clicks go first.
  const shown = useDeferredValue(found);
  const rows = useMemo(
    () => (search.mine ? shown.filter(({ incident }) => isOf(me, incident)) : shown),
    [shown, search.mine, me],
  );
  const keys = useMemo(() => rows.map(({ key }) => key), [rows]);
  const isComplete = useLive(sync.incidents.isComplete);
  const openRow = useLive(sync.incidents.one(openId ?? 0));
  const asOf = asOfIn(useLive(sync.connection));
  const selection = useSelection(keys);

  /** What a key is about: what is selected, else the row with the focus, else what is open. */
  function targets(): readonly Incident[] {
    if (selection.keys.size > 0) {
      return incidentsOf(rows.filter(({ key }) => selection.keys.has(key)));
    }
    const focused = document.activeElement?.closest("[data-key]")?.getAttribute("data-key");
    const row = rows.find(({ key }) => key === focused) ?? openRow;
    return row === undefined ? [] : incidentsOf([row]);
  }

  function resolve() {
    const incidents = targets().filter((incident) => stepsFor(me, incident).includes("resolve"));
    if (incidents.length > 0) {
      dialog.set({ kind: "resolve", incidents });
    }
  }

  function assign() {
    const incidents = targets().filter((incident) => mayAssign(me, incident));
    if (incidents.length > 0) {
      dialog.set({ kind: "assign", incidents });
    }
  }

  useCommand("resolve", resolve);
  useCommand("assign", assign, me.role !== "STUDENT");
  useCommand("close", () => {
    if (selection.keys.size > 0) {
      selection.clear();
    } else if (openId !== undefined) {
      void navigate({ to: "/", search: true });
    }
  });

  const selected = incidentsOf(rows.filter(({ key }) => selection.keys.has(key)));
  return (
    <div className={styles.board} data-open={openId !== undefined} data-stale={asOf !== undefined}>
      <section className={styles.list} aria-labelledby="board-title">
        <header className={styles.header}>
          <div className={styles.heading}>
            <h1 id="board-title">{search.q === undefined ? "Incidents" : `“${search.q}”`}</h1>
            <p className={styles.count}>
              {asOf !== undefined && <span className={styles.asOf}>as of {clockTimeOf(asOf)} · </span>}
              {rows.length} {rows.length === 1 ? "incident" : "incidents"}
              {!isComplete && ", loading…"}
            </p>
          </div>
          {selection.keys.size === 0 ? (
            <FilterBar search={search} />
          ) : (
            <Suspense>
              <SelectionBar
                count={selection.keys.size}
                resolvable={selected.filter((incident) => stepsFor(me, incident).includes("resolve")).length}
                assignable={selected.filter((incident) => mayAssign(me, incident)).length}
                onResolve={resolve}
                onAssign={assign}
                onClear={selection.clear}
              />
            </Suspense>
          )}
        </header>
        {rows.length === 0 && (
          <EmptyFeed isLoading={!isComplete} isFiltered={Object.keys(search).length > 0} />
        )}
        <Feed key={JSON.stringify(search)} rows={rows} keys={keys} openId={openId} selection={selection} />
      </section>
      {isPast ? (
        <Suspense>
          <IncidentAsOf id={openId} />
        </Suspense>
      ) : (
        <Outlet />
      )}
    </div>
  );
}

function incidentsOf(rows: readonly IncidentRow[]): readonly Incident[] {
  return rows.filter(({ saved }) => saved !== undefined).map(({ incident }) => incident);
}

/** How old everything is, where it is not live. */
function asOfIn(connection: Connection): number | undefined {
  return connection.kind === "offline" || connection.kind === "catching-up" ? connection.asOf : undefined;
}
