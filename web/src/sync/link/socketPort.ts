import type { Via } from "../connection.ts";
import type { Person } from "../model.ts";
import type { Message } from "./messages.ts";

/** What a socket's owner hears. */
export interface SocketListener {
  /** The server has taken the token; `recovered`: it goes on with what the socket had before. */
  onConnected(recovered: boolean): void;
  onMessage(message: Message): void;
  /** The connection is gone. `byServer`: for good, until somebody connects again with better reasons. */
  onClosed(byServer: boolean): void;
  /** No connection came about. `refusal`: the server's word, where it had one. */
  onFailed(refusal: string | undefined): void;
  /** It goes on over another transport. */
  onTransport(via: Exclude<Via, "log">): void;
  /** The server is there, though it has nothing to tell. */
  onSignOfLife(): void;
}

/** The server's answer to what a client asks by its socket. */
export type Acknowledgement =
  | { readonly ok: true; readonly users?: readonly Person[] }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** The server has not answered in time, or the connection was gone before it could. */
export class NoAnswerError extends Error {}

/** A socket to the server, which comes back by itself to what it had, but only when it is told to connect. */
export interface SocketPort {
  readonly isConnected: boolean;
  connect(): void;
  /** Leaves for good: the server forgets it. */
  leave(): void;
  /** Gives up a connection that is dead, and is remembered by the server. */
  cut(): void;
  /** Rejects with a `NoAnswerError` if there is none in time. */
  request(event: string, payload?: unknown): Promise<Acknowledgement>;
  /** Sends it, if that is possible just now. */
  tell(event: string, payload?: unknown): void;
}

/** `token` is asked at every connect. */
export type OpenSocket = (token: () => Promise<string | undefined>, listener: SocketListener) => SocketPort;
