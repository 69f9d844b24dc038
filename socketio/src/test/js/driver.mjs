// Drives official clients for the Java tests: one JSON command per line in, one JSON report per line out.
import { createInterface } from "node:readline";
import { io } from "socket.io-client";

const sockets = new Map();

const report = (line) => process.stdout.write(JSON.stringify(line) + "\n");

// Binary values travel through JSON as {"$binary": "<base64>"}.
const pack = (value) => {
  if (Buffer.isBuffer(value)) return { $binary: value.toString("base64") };
  if (value instanceof ArrayBuffer) return { $binary: Buffer.from(value).toString("base64") };
  if (Array.isArray(value)) return value.map(pack);
  if (value && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, pack(inner)]));
  return value;
};
const unpack = (value) => {
  if (Array.isArray(value)) return value.map(unpack);
  if (value && typeof value === "object") {
    if (typeof value.$binary === "string") return Buffer.from(value.$binary, "base64");
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unpack(inner)]));
  }
  return value;
};

const connect = ({ client, url, options }) =>
  watch(client, io(url, { forceNew: true, reconnectionDelay: 20, reconnectionDelayMax: 50, ...options }));

const watch = (client, socket) => {
  sockets.set(client, socket);
  socket.on("connect", () =>
    report({
      client,
      type: "connect",
      id: socket.id,
      recovered: socket.recovered,
      transport: socket.io.engine.transport.name,
    }),
  );
  socket.on("connect_error", (error) =>
    report({ client, type: "connect_error", message: error.message, data: error.data ?? null }),
  );
  socket.on("disconnect", (reason) => report({ client, type: "disconnect", reason }));
  socket.io.on("open", () => {
    socket.io.engine.on("upgrade", (transport) => report({ client, type: "upgrade", transport: transport.name }));
  });
  socket.onAny((name, ...args) => {
    const ack = typeof args.at(-1) === "function" ? args.pop() : null;
    report({ client, type: "event", name, args: pack(args) });
    if (ack) ack(...args);
  });
};

const commands = {
  connect,
  sibling: ({ client, of, namespace }) => watch(client, sockets.get(of).io.socket(namespace)),
  emit: ({ client, name, args }) => sockets.get(client).emit(name, ...unpack(args)),
  ask: ({ client, name, args }) =>
    sockets.get(client).emit(name, ...unpack(args), (...reply) =>
      report({ client, type: "ack", name, args: pack(reply) }),
    ),
  disconnect: ({ client }) => sockets.get(client).disconnect(),
  reconnect: ({ client }) => sockets.get(client).connect(),
  // After connect_error the client waits to be told; it may also be in the middle of reconnecting.
  retry: ({ client }) => {
    const socket = sockets.get(client);
    if (!socket.active) socket.connect();
  },
  // The connection breaks without a word: the server hears a FIN or RST, the client sees an error.
  kill: ({ client }) => {
    const transport = sockets.get(client).io.engine.transport;
    if (transport.ws) transport.ws.terminate();
    else sockets.get(client).io.engine.close();
  },
  // The connection breaks and the server hears nothing of it.
  vanish: ({ client }) => {
    const engine = sockets.get(client).io.engine;
    const transport = engine.transport;
    transport.ws._socket.pause();
    transport.removeAllListeners();
    transport.close = () => {};
    engine._onClose("transport close");
  },
  // A page that was reloaded knows nothing; one that is being attacked knows too much.
  impersonate: ({ client, pid, offset }) => {
    sockets.get(client)._pid = pid;
    sockets.get(client)._lastOffset = offset;
  },
  secrets: ({ client }) =>
    report({
      client,
      type: "secrets",
      pid: sockets.get(client)._pid ?? null,
      offset: sockets.get(client)._lastOffset ?? null,
    }),
  auth: ({ client, auth }) => {
    sockets.get(client).auth = auth;
  },
  aim: ({ client, url }) => {
    sockets.get(client).io.uri = url;
  },
};

createInterface({ input: process.stdin })
  .on("line", (line) => {
    const command = JSON.parse(line);
    commands[command.op](command);
  })
  .on("close", () => process.exit(0));
report({ client: "", type: "ready" });
