import type { Incident } from "../../sync/index.ts";

export function incidentOf(fields: Partial<Incident>): Incident {
  return {
    id: 1,
    title: `Incident ${fields.id ?? 1}`,
    description: "",
    severity: "MISCHIEF",
    location: "HOGWARTS",
    status: "OPEN",
    reported_by: "harry",
    reported_at: "2026-01-01T00:00:00.000Z",
    assigned_to: null,
    updated_at: "2026-01-01T00:00:00.000Z",
    resolved_by: null,
    resolved_at: null,
    resolution: null,
    version: 1,
    ...fields,
  };
}
