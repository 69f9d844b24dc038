// The original, with the same things on as the others: auth, heartbeat, rooms.
import { createServer } from "node:http";
import { Server } from "socket.io";

const http = createServer();
const io = new Server(http);

const incident = (id, title) => ({
  id,
  title,
  description: "Fluffy is loose on the third floor",
  severity: "DANGEROUS",
  location: "HOGWARTS",
  status: "OPEN",
  tags: ["dog", "three heads"],
  reported_by: { id: "0198c0de-0000-7000-8000-000000000001", handle: "harry", name: "Harry Potter" },
});

io.use((socket, next) =>
  socket.handshake.auth.token === process.argv[2] ? next() : next(new Error("Authentication failed")),
);
io.on("connection", (socket) => {
  socket.join("everybody");
  socket.on("broadcast", (count, title) => {
    for (let i = 0; i < count; i++) {
      io.emit("incident:created", incident(i, title));
    }
  });
  socket.on("room", (count, title) => {
    for (let i = 0; i < count; i++) {
      io.to("room").emit("incident:created", incident(i, title));
    }
  });
  socket.on("join", (done) => {
    socket.join("room");
    done();
  });
  socket.on("gc", (done) => {
    global.gc?.();
    done();
  });
});

http.listen(0, "localhost", 4096, () => console.log(`ready ${http.address().port}`));
process.stdin.resume().on("end", () => process.exit());
