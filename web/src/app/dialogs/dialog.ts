import type { Incident } from "../../sync/index.ts";

/** What can be open in front of the screen. */
export type Dialog =
  | { readonly kind: "report" | "palette" | "shortcuts" }
  | { readonly kind: "resolve" | "assign"; readonly incidents: readonly Incident[] };
