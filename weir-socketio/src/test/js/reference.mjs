// The scenario server (SCENARIOS.md) on Node's own socket.io.
import { createServer } from "node:http";
import adminUi from "@socket.io/admin-ui";
import { Server } from "socket.io";
import * as msgpackParser from "socket.io-msgpack-parser";

const LIMITS = { pingInterval: 15_000, pingTimeout: 30_000, maxHttpBufferSize: 262_144, connectTimeout: 45_000 };
const REASONS_KEPT = 1_000;
/** Of "correct horse". */
const PASSWORD = "$2a$04$qXd3FDYsWKfljF/8eao8hOy4OuQz/rdijQ.IvEsiEqzHKzFatsa2e";

const OPTIONS = {
  main: {},
  short: { pingInterval: 300, pingTimeout: 200, connectTimeout: 500, upgradeTimeout: 500 },
  recovery: {
    pingInterval: 300,
    pingTimeout: 300,
    connectionStateRecovery: { maxDisconnectionDuration: 2_000, skipMiddlewares: true },
  },
  options: {
    path: "/custom-path/",
    cookie: { name: "io", path: "/", httpOnly: true, sameSite: "lax" },
    cors: {
      origin: ["http://app.example"],
      methods: ["GET", "POST"],
      allowedHeaders: ["x-token"],
      credentials: true,
      maxAge: 600,
    },
    allowRequest: (request, answer) => answer(null, request.headers["x-refuse"] !== "yes"),
    perMessageDeflate: { threshold: 0 },
  },
  msgpack: { parser: msgpackParser.default ?? msgpackParser },
  admin: {},
  "looked-at": {},
};

const ADMIN = {
  admin: { mode: "development" },
  "looked-at": { mode: "production", readonly: true },
};

const ports = {};
const servers = [];

async function start(name, options) {
  const http = createServer();
  const io = new Server(http, { ...LIMITS, ...options });
  const reasons = new Map();
  for (const namespace of ["/", "/custom", /^\/room-\d+$/]) {
    io.of(namespace).on("connection", (socket) => handle(io, reasons, socket));
  }
  io.of("/auth")
    .use((socket, next) => {
      if (socket.handshake.auth.token === "secret") {
        socket.data.user = socket.handshake.auth.user;
        next();
      } else {
        next(Object.assign(new Error("not authorized"), { data: { code: 401, hint: "token" } }));
      }
    })
    .on("connection", (socket) => {
      handle(io, reasons, socket);
      socket.emit("welcome", { user: socket.data.user });
    });
  io.of("/slow")
    .use((socket, next) => setTimeout(next, 200))
    .on("connection", (socket) => handle(io, reasons, socket));
  const decideLater = ({ handshake: { auth } }, next) => {
    const refusal = Object.assign(new Error("not authorized"), { data: { code: 401, hint: "token" } });
    if (auth.wait !== undefined) {
      setTimeout(() => (auth.token === "secret" ? next() : next(refusal)), auth.wait);
    }
  };
  io.of("/later")
    .use(decideLater)
    .use(decideLater)
    .on("connection", (socket) => handle(io, reasons, socket));
  io.of("/greet").on("connection", (socket) => {
    handle(io, reasons, socket);
    for (const n of [1, 2, 3]) {
      socket.emit("greet", n);
    }
  });
  io.of("/any").on("connection", (socket) => socket.onAny((event, ...args) => socket.emit("caught", event, ...args)));
  if (ADMIN[name]) {
    adminUi.instrument(io, { auth: { type: "basic", username: "ops", password: PASSWORD }, ...ADMIN[name] });
  }
  await new Promise((listening) => http.listen(0, "127.0.0.1", listening));
  ports[name] = http.address().port;
  servers.push(io);
}

function handle(io, reasons, socket) {
  socket.on("disconnect", (reason) => {
    reasons.set(socket.id, reason);
    if (reasons.size > REASONS_KEPT) {
      reasons.delete(reasons.keys().next().value);
    }
  });
  socket.on("echo", (...args) => socket.emit("echo", ...args));
  socket.on("ack", (...args) => args.pop()(...args));
  socket.on("whoami", (ack) =>
    ack({
      id: socket.id,
      namespace: socket.nsp.name,
      auth: socket.handshake.auth,
      query: socket.handshake.query,
      transport: socket.conn.transport.name,
      recovered: socket.recovered,
      address: socket.handshake.address,
    }),
  );
  socket.on("ask", (millis, ...args) =>
    socket.timeout(millis).emit("question", ...args, (late, ...values) =>
      socket.emit("answer", late ? { ok: false } : { ok: true, values }),
    ),
  );
  socket.on("join", async (room, ack) => {
    await socket.join(room);
    ack(true);
  });
  socket.on("leave", async (room, ack) => {
    await socket.leave(room);
    ack(true);
  });
  socket.on("rooms", (ack) => ack([...socket.rooms].sort()));
  socket.on("send", ({ to, except, self, volatile, local }, event, ...args) => {
    const ack = args.pop();
    let target = self ? socket.nsp : socket.broadcast;
    target = to ? target.to(to) : target;
    target = except ? target.except(except) : target;
    target = volatile ? target.volatile : target;
    target = local ? target.local : target;
    target.emit(event, ...args);
    ack(true);
  });
  socket.on("send-ack", ({ to, timeout }, event, ...args) => {
    const ack = args.pop();
    const target = (to ? socket.nsp.to(to) : socket.nsp).timeout(timeout);
    target.emit(event, ...args, (late, responses) => ack({ complete: !late, responses }));
  });
  socket.on("fetch", async (room, ack) => {
    const found = await socket.nsp.in(room).fetchSockets();
    const shown = found.map(({ id, rooms, data }) => ({ id, rooms: [...rooms].sort(), data: data.value ?? null }));
    ack(shown.sort((a, b) => (a.id < b.id ? -1 : 1)));
  });
  socket.on("sockets-join", (room, other, ack) => {
    socket.nsp.in(room).socketsJoin(other);
    ack(true);
  });
  socket.on("sockets-leave", (room, other, ack) => {
    socket.nsp.in(room).socketsLeave(other);
    ack(true);
  });
  socket.on("sockets-disconnect", (room, close, ack) => {
    socket.nsp.in(room).disconnectSockets(close);
    ack(true);
  });
  socket.on("set-data", (value, ack) => {
    socket.data.value = value;
    ack(true);
  });
  socket.on("get-data", (ack) => ack(socket.data.value ?? null));
  socket.on("volatile", (event, ...args) => {
    socket.volatile.emit(event, ...args);
    socket.emit("after-volatile");
  });
  socket.on("disconnect-me", (close) => socket.disconnect(close));
  socket.on("reason", (id, ack) => ack(reasons.get(id) ?? null));
  socket.on("servers", (ack) => ack(ports));
  socket.on("stats", (ack) => {
    globalThis.gc?.();
    const clients = servers.reduce((sum, server) => sum + server.engine.clientsCount, 0);
    ack({ clients, memory: process.memoryUsage().rss });
  });
}

for (const [name, options] of Object.entries(OPTIONS)) {
  await start(name, options);
}
console.log(`PORT=${ports.main}`);
process.stdin.resume().on("end", () => process.exit());
