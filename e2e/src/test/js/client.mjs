// The official Socket.IO client, many in one process, driven over stdin and stdout: one JSON object a line. The caller
// ends the process by closing stdin.
import { createInterface } from "node:readline";
import { io } from "socket.io-client";

const sockets = new Map();

// Milliseconds since 1970 with a fraction: latencies here are a few of them.
const now = () => performance.timeOrigin + performance.now();
const tell = (message) => process.stdout.write(JSON.stringify({ at: now(), ...message }) + "\n");

const commands = {
  connect({ id, url, options }) {
    const socket = io(url, { forceNew: true, ...options });
    sockets.set(id, socket);
    socket.on("connect", () => {
      const { id: socketId, recovered, io: manager } = socket;
      tell({ id, type: "connect", socketId, recovered: !!recovered, transport: manager.engine.transport.name });
      manager.engine.once("upgrade", (transport) => tell({ id, type: "upgrade", transport: transport.name }));
    });
    socket.on("connect_error", (error) => tell({ id, type: "connect_error", message: error.message }));
    socket.on("disconnect", (reason) => tell({ id, type: "disconnect", reason }));
    socket.onAny((event, ...args) => tell({ id, type: "event", event, args }));
  },
  emit({ id, call, event, args, timeout }) {
    sockets.get(id).timeout(timeout).emit(event, ...args, (error, answer) => {
      tell({ id, type: "ack", call, error: error?.message, answer });
    });
  },
  send({ id, event, args }) {
    sockets.get(id).emit(event, ...args);
  },
  reconnect({ id }) {
    sockets.get(id).connect();
  },
  disconnect({ id }) {
    sockets.get(id).disconnect();
  },
  // Closes the connection underneath, as a network would; the client reconnects if it may.
  cut({ id }) {
    sockets.get(id).io.engine.close();
  },
};

createInterface({ input: process.stdin })
  .on("line", (line) => {
    const command = JSON.parse(line);
    commands[command.op](command);
  })
  .on("close", () => process.exit(0));
