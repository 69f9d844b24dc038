import { type Incident, LOCATIONS, type Location, SEVERITIES } from "../../sync/index.ts";

/** What happens at a place, worst first. */
export interface Cluster {
  readonly location: Location;
  readonly incidents: readonly Incident[];
}

/** All places in their order, also those where nothing happens. */
export function clustersOf(incidents: readonly Incident[]): readonly Cluster[] {
  const at = (place: Location) => incidents.filter(({ location }) => location === place);
  return LOCATIONS.map((location) => ({
    location,
    incidents: at(location).toSorted(worstFirst),
  }));
}

/** Of the same severity, the newest first. */
function worstFirst(one: Incident, other: Incident): number {
  return SEVERITIES.indexOf(other.severity) - SEVERITIES.indexOf(one.severity) || other.id - one.id;
}
