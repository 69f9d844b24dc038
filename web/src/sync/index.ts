/** The public surface of the sync core: what screens may read, and what they may do. */
export type { Answer, Api, Call, RouteName } from "../api/api.ts";
export { ApiProblem } from "../api/problem.ts";
export type { Live } from "../live/live.ts";
export type { Connection, Via } from "./connection.ts";
export { createSync } from "./createSync.ts";
export type {
  Conflict,
  Deed,
  DeedState,
  FieldConflict,
  IncidentChanges,
  Intent,
  Outcome,
} from "./deeds/deed.ts";
export * from "./model.ts";
export { finderOf, searchedWordsOf } from "./search/searchedWords.ts";
export type { Session } from "./session/session.ts";
export type * from "./sync.ts";
export { matcherOf } from "./views/matcher.ts";
