import { useSync } from "../../app/SyncProvider.tsx";
import { useMoment } from "../../app/time-travel/TimeTravel.tsx";
import { usePolled } from "../../app/usePolled.ts";
import type { Location, Person } from "../../sync/index.ts";

/** The server tells of the incident that one is in; of the others it has to be asked. */
const EVERY = 4_000;

/** Who looks at something that happens at a place, by name; in the past, nobody. */
export function useViewersByPlace(): ReadonlyMap<Location, readonly Person[]> {
  const { api, incidents } = useSync();
  const isNow = useMoment().kind === "now";
  const { answer, problem } = usePolled((signal) => api.call("GET /api/presence/incidents", { signal }), {
    every: EVERY,
    isOn: isNow,
  });

  const byPlace = new Map<Location, Map<string, Person>>();
  // While the server does not answer, nobody is known to look.
  const viewed = isNow && problem === undefined ? (answer?.body.incidents ?? []) : [];
  for (const { incidentId, users } of viewed) {
    const location = incidents.one(incidentId).get()?.incident.location;
    if (location !== undefined) {
      const there = byPlace.get(location) ?? new Map<string, Person>();
      for (const user of users) {
        there.set(user.id, user as Person);
      }
      byPlace.set(location, there);
    }
  }
  return new Map([...byPlace].map(([location, there]) => [location, [...there.values()].sort(byName)]));
}

function byName(one: Person, other: Person): number {
  return one.name.localeCompare(other.name);
}
