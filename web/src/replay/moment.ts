import type { ApiProblem, Incident } from "../sync/index.ts";
import type { Change } from "./change.ts";

/** What is shown: the present, or the past at a position. */
export type Moment = { readonly kind: "now" } | PastMoment;

export interface PastMoment {
  readonly kind: "past";
  readonly position: number;
  /** The newest position that can be gone to: where the log ended when the journey began. */
  readonly end: number;
  /** As it was then, newest first; undefined until the log has been read that far. */
  readonly incidents: readonly Incident[] | undefined;
  /** What had just happened. */
  readonly change: Change | undefined;
  readonly isPlaying: boolean;
  readonly speed: number;
  /** Why the log could not be read that far. */
  readonly problem: ApiProblem | undefined;
}
