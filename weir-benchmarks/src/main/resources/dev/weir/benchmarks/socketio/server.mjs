// Node's socket.io as it comes, but for its intervals and the transport. It answers the events that PeerServer.java names.
import { createServer } from "node:http";
import { Server } from "socket.io";

const http = createServer();
const io = new Server(http, { pingInterval: 15_000, pingTimeout: 30_000, transports: ["websocket"] });

async function broadcast(count, size, perSecond) {
  const text = "x".repeat(size);
  const begin = performance.now();
  for (let sent = 0; sent < count; ) {
    const due = perSecond > 0 ? Math.min(count, Math.floor(((performance.now() - begin) / 1_000) * perSecond) + 1) : count;
    for (; sent < due; sent++) {
      io.emit("data", text);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

io.on("connection", (socket) => {
  socket.on("echo", (text) => socket.emit("echo", text));
  socket.on("broadcast", (count, size, perSecond) => void broadcast(count, size, perSecond));
  socket.on("rooms", (count) => {
    const rooms = Array.from({ length: count }, (_, room) => `room-${room}`);
    socket.join(rooms);
    rooms.forEach((room) => socket.leave(room));
    socket.emit("rooms");
  });
  socket.on("gc", () => {
    globalThis.gc();
    socket.emit("gc", process.memoryUsage().heapUsed);
  });
});

http.listen({ port: 0, host: "127.0.0.1", backlog: 1_024 }, () => console.log(`PORT=${http.address().port}`));
process.stdin.resume().on("end", () => process.exit());
