// The official Socket.IO client, many in one process, driven over stdin and stdout: one JSON object a line. The caller
// ends the process by closing stdin.
import { createHash } from "node:crypto";
import { createInterface } from "node:readline";
import { io } from "socket.io-client";

const sockets = new Map();
const digests = new Map();

// Milliseconds since 1970 with a fraction: latencies here are a few of them.
const now = () => performance.timeOrigin + performance.now();
const tell = (message) => process.stdout.write(JSON.stringify({ at: now(), ...message }) + "\n");

// What a client has heard of the log: how much, in which order, and a hash over all of it.
class Digest {
  hash = createHash("sha256");
  count = 0;
  disorders = 0;
  connections = 0;
  recoveries = 0;
  welcomedAt = 0;
  last = "";

  connected(recovered) {
    this.connections += 1;
    this.recoveries += recovered ? 1 : 0;
  }

  add(event, args) {
    const offset = args.at(-1);
    if (event === "connection:acknowledged") this.welcomedAt = now();
    if (typeof offset !== "string" || event === "connection:acknowledged" || event === "log:position") return;
    const [position, n] = offset.slice(offset.lastIndexOf(":") + 1).split(".").map(Number);
    const [lastPosition, lastN] = this.last.slice(this.last.lastIndexOf(":") + 1).split(".").map(Number);
    if (this.count && (position < lastPosition || (position === lastPosition && n <= lastN))) this.disorders += 1;
    this.hash.update(JSON.stringify([event, args]));
    this.count += 1;
    this.last = offset;
  }

  state() {
    return { ...this, hash: this.hash.copy().digest("hex") };
  }
}

const commands = {
  connect({ id, url, options, digesting }) {
    const socket = io(url, { forceNew: true, ...options });
    sockets.set(id, socket);
    const digest = digesting ? new Digest() : null;
    if (digest) digests.set(id, digest);
    socket.on("connect", () => {
      const { id: socketId, _pid: pid, recovered, io: manager } = socket;
      digest?.connected(recovered);
      const { name: transport } = manager.engine.transport;
      tell({ id, type: "connect", socketId, pid, recovered: !!recovered, transport });
      manager.engine.once("upgrade", (transport) => tell({ id, type: "upgrade", transport: transport.name }));
    });
    socket.on("connect_error", (error) => tell({ id, type: "connect_error", message: error.message }));
    socket.on("disconnect", (reason) => tell({ id, type: "disconnect", reason }));
    socket.onAny((event, ...args) => (digest ? digest.add(event, args) : tell({ id, type: "event", event, args })));
  },
  digests({ call }) {
    tell({ type: "ack", call, answer: [...digests].map(([id, digest]) => ({ id, digest: digest.state() })) });
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
  // Leaves nothing to whoever uses this process next.
  end({ call }) {
    for (const socket of sockets.values()) socket.disconnect();
    sockets.clear();
    digests.clear();
    tell({ type: "ack", call });
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
