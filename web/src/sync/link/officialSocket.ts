import { io } from "socket.io-client";
import { type Message, positionOf } from "./messages.ts";
import { NoAnswerError, type OpenSocket } from "./socketPort.ts";

/** The server answers at once or not at all. */
const ANSWER_WITHIN = 8_000;
const CONNECT_WITHIN = 10_000;

/**
 * The official client. It is told when to connect, so that the page knows when the next try will be; session and offset,
 * with which the server recovers it, it keeps by itself.
 */
export const openOfficialSocket: OpenSocket = (token, listener) => {
  // WebSocket first saves two round trips, and needs no one connection to be led to the same node always.
  const transports = ["websocket", "polling"];
  const socket = io({
    autoConnect: false,
    reconnection: false,
    forceNew: true,
    timeout: CONNECT_WITHIN,
    transports,
    tryAllTransports: true,
    auth: (give) => {
      token().then((current) => give({ token: current }));
    },
  });

  const tellTransport = () => {
    const name = socket.io.engine.transport.name;
    listener.onTransport(name === "websocket" ? "websocket" : "polling");
  };
  socket.on("connect", () => {
    listener.onConnected(socket.recovered);
    tellTransport();
    socket.io.engine.once("upgrade", tellTransport);
  });
  socket.onAny((name: string, payload: unknown, offset: unknown) => {
    listener.onMessage({ name, payload, position: positionOf(offset) } as Message);
  });
  socket.on("disconnect", (reason) => {
    if (reason !== "io client disconnect") {
      listener.onClosed(reason === "io server disconnect");
    }
  });
  socket.on("connect_error", (error) => {
    // Only what the server itself says carries data.
    const isRefusal = "data" in error;
    if (!isRefusal) {
      // A network that swallows WebSockets without a word lets the next try begin with polling.
      transports.reverse();
    }
    listener.onFailed(isRefusal ? error.message : undefined);
  });
  socket.io.on("ping", () => listener.onSignOfLife());

  return {
    get isConnected() {
      return socket.connected;
    },
    connect() {
      socket.connect();
    },
    leave() {
      socket.disconnect();
    },
    cut() {
      // Not the engine's close, which waits until a dead connection has taken what is still to be sent.
      socket.io._close();
    },
    async request(event, payload) {
      try {
        const args = payload === undefined ? [] : [payload];
        return await socket.timeout(ANSWER_WITHIN).emitWithAck(event, ...args);
      } catch {
        throw new NoAnswerError(event);
      }
    },
    tell(event, payload) {
      if (socket.connected) {
        socket.emit(event, ...(payload === undefined ? [] : [payload]));
      }
    },
  };
};
