/** How changes reach this page: by the socket over WebSocket or long-polling, or by asking the log every few seconds. */
export type Via = "websocket" | "polling" | "log";

/** How fresh everything is. What is not live is as old as `asOf` (milliseconds since 1970). */
export type Connection =
  | { readonly kind: "signed-out" }
  /** For the first time: there is nothing to be shown yet, or not all of it. */
  | { readonly kind: "connecting" }
  | { readonly kind: "live"; readonly via: Via }
  /** `done` of `total` events (or, where everything is loaded anew, requests) that were missed. */
  | { readonly kind: "catching-up"; readonly done: number; readonly total: number; readonly asOf: number }
  /** `nextTryAt`, in milliseconds since 1970, is for the countdown; undefined while a try is under way. */
  | { readonly kind: "offline"; readonly asOf: number | undefined; readonly nextTryAt: number | undefined };
