import type { Incident } from "../../sync/index.ts";

/** "Resolve #42", "Resolve 3 incidents". */
export function titleFor(deed: string, incidents: readonly Incident[]): string {
  const [first] = incidents;
  return incidents.length === 1 && first !== undefined
    ? `${deed} #${first.id}`
    : `${deed} ${incidents.length} incidents`;
}
