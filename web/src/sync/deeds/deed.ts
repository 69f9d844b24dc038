import type { ApiProblem } from "../../api/problem.ts";
import type { Incident, IncidentReport } from "../model.ts";

/** The fields of an incident that an edit may change. */
export type IncidentChanges = Partial<Pick<Incident, "title" | "description" | "severity" | "location">>;

/** What somebody wants done. It shows at once, and is sent until the server has answered. */
export type Intent =
  | { readonly kind: "report"; readonly report: IncidentReport }
  /** `basedOn` is what its author saw when he began: the edit is refused if somebody has saved since. */
  | {
      readonly kind: "edit";
      readonly incidentId: number;
      readonly changes: IncidentChanges;
      readonly basedOn: Incident;
    }
  | { readonly kind: "start" | "reopen" | "archive"; readonly incidentId: number }
  | { readonly kind: "resolve"; readonly incidentId: number; readonly resolution: string | undefined }
  | { readonly kind: "assign"; readonly incidentId: number; readonly userId: string | null }
  | { readonly kind: "comment"; readonly incidentId: number; readonly content: string }
  | { readonly kind: "delete-comment"; readonly incidentId: number; readonly commentId: number }
  | { readonly kind: "mark-read"; readonly notificationId: string }
  | { readonly kind: "mark-all-read" }
  | { readonly kind: "dismiss"; readonly notificationId: string };

/** A field that two have changed in different ways since both saw `before`. */
export interface FieldConflict {
  readonly field: keyof IncidentChanges;
  readonly before: string;
  readonly mine: string;
  readonly theirs: string;
}

/** Somebody else saved first. `fields` are those where one has to choose; what only one of both changed is no conflict. */
export interface Conflict {
  readonly theirs: Incident;
  readonly mine: IncidentChanges;
  readonly fields: readonly FieldConflict[];
}

/** An intent on its way. */
export interface Deed {
  /** Also its idempotency key. */
  readonly id: string;
  readonly intent: Intent;
  /** When it was wanted, in milliseconds since 1970. */
  readonly since: number;
  readonly state: DeedState;
}

export type DeedState =
  /** Under way, or waiting for the connection; what it does is shown. */
  | { readonly kind: "pending" }
  /** Held back for an undo; what it does is shown. */
  | { readonly kind: "held"; readonly until: number }
  /** Done. It is not listed any more. */
  | { readonly kind: "done" }
  /** Refused: what it did is taken back. It is listed until it is retried or discarded. */
  | { readonly kind: "failed"; readonly problem: ApiProblem; readonly conflict: Conflict | undefined };

/** What came of it. A report's `incidentId` is that of the new incident. */
export type Outcome =
  | { readonly kind: "done"; readonly incidentId: number | undefined }
  | { readonly kind: "failed"; readonly problem: ApiProblem; readonly conflict: Conflict | undefined }
  | { readonly kind: "undone" };
