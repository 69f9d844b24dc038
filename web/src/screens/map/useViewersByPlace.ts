import { useEffect, useState } from "react";
import { useSync } from "../../app/SyncProvider.tsx";
import { useMoment } from "../../app/time-travel/TimeTravel.tsx";
import { ApiProblem, type Location, type Person } from "../../sync/index.ts";

/** The server tells of the incident that one is in; of the others it has to be asked. */
const EVERY = 4_000;

const NOBODY: ReadonlyMap<Location, readonly Person[]> = new Map();

/** Who looks at something that happens at a place, by name; in the past, nobody. */
export function useViewersByPlace(): ReadonlyMap<Location, readonly Person[]> {
  const { api, incidents } = useSync();
  const isNow = useMoment().kind === "now";
  const [viewers, setViewers] = useState(NOBODY);

  useEffect(() => {
    if (!isNow) {
      return;
    }
    const leaving = new AbortController();

    async function ask() {
      const { body } = await api.call("GET /api/presence/incidents", { signal: leaving.signal });
      const byPlace = new Map<Location, Map<string, Person>>();
      for (const { incidentId, users } of body.incidents) {
        const location = incidents.one(incidentId).get()?.incident.location;
        if (location !== undefined) {
          const there = byPlace.get(location) ?? new Map<string, Person>();
          for (const user of users) {
            there.set(user.id, user as Person);
          }
          byPlace.set(location, there);
        }
      }
      setViewers(
        new Map([...byPlace].map(([location, there]) => [location, [...there.values()].sort(byName)])),
      );
    }

    async function keepAsking() {
      while (!leaving.signal.aborted) {
        if (document.visibilityState === "visible") {
          try {
            await ask();
          } catch (cause) {
            if (leaving.signal.aborted) {
              return;
            }
            if (!(cause instanceof ApiProblem)) {
              throw cause;
            }
            // The pill says that the page is offline; nobody is known to look.
            setViewers(NOBODY);
          }
        }
        await new Promise((resolve) => setTimeout(resolve, EVERY));
      }
    }

    void keepAsking();
    return () => leaving.abort();
  }, [api, incidents, isNow]);

  return isNow ? viewers : NOBODY;
}

function byName(one: Person, other: Person): number {
  return one.name.localeCompare(other.name);
}
