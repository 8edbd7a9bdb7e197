// A server of Node.js with the Redis Streams adapter. Reads commands, one JSON array a line, and answers each with one.
import { createInterface } from "node:readline";
import { createServer } from "node:http";
import { createClient } from "redis";
import { createAdapter } from "@socket.io/redis-streams-adapter";
import { Server } from "socket.io";

const client = createClient({ url: process.argv[2] });
client.on("error", () => {});
await client.connect();
const http = createServer();
const io = new Server(http, {
  adapter: createAdapter(client),
  transports: ["websocket"],
  connectionStateRecovery: { maxDisconnectionDuration: 60_000, skipMiddlewares: true },
});
const heard = [];
io.on("connection", (socket) => {
  socket.data.from = "node";
  socket.on("join", async (room, ack) => {
    await socket.join(room);
    ack(true);
  });
});
io.on("hello", (value, ack) => {
  heard.push(value);
  ack?.({ node: value });
});

const commands = {
  emit: (room, except, event, ...args) => io.to(room).except(except).emit(event, ...args) && true,
  emitBinary: (room, ...bytes) => io.to(room).emit("binary", Buffer.from(bytes)) && true,
  ask: async (room) => io.to(room).timeout(5_000).emitWithAck("question"),
  fetch: async () => (await io.fetchSockets()).map(({ id, rooms, data }) => ({ id, rooms: [...rooms], data })),
  join: (room, other) => io.in(room).socketsJoin(other) ?? true,
  disconnect: (room) => io.in(room).disconnectSockets(true) ?? true,
  hello: (value) => io.serverSideEmit("hello", value),
  helloAck: (value) => io.serverSideEmitWithAck("hello", value),
  heard: () => heard,
  servers: () => io.of("/").adapter.serverCount(),
};

await new Promise((listening) => http.listen(0, "127.0.0.1", listening));
console.log(`PORT=${http.address().port}`);
for await (const line of createInterface({ input: process.stdin })) {
  const [name, ...args] = JSON.parse(line);
  try {
    console.log(JSON.stringify({ value: await commands[name](...args) }));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error) }));
  }
}
process.exit();
