// The official client, by each way to the server.
import assert from "node:assert/strict";
import { ask, collect, connected, once, scenario, settled, until } from "../lib/scenario.mjs";

const BOTH = ["polling", "websocket"];
const LONG = "å✓𝒳".repeat(20_000); // 200,000 bytes of UTF-8, below the limit for a payload

for (const transport of BOTH) {
  scenario(`official-${transport}-only`, async (stage) => {
    const socket = await stage.connected("main", { transports: [transport] });
    assert.equal((await ask(socket, "whoami")).transport, transport);
    assert.deepEqual(await ask(socket, "ack", "a", 1, null, { b: [true, "ü\u2028\u0000"] }), "a");
    const echo = once(socket, "echo");
    socket.emit("echo", "a", 1.5, null, [], {}, { b: [true, "ü\u2028\u0000"] });
    assert.deepEqual(await echo, ["a", 1.5, null, [], {}, { b: [true, "ü\u2028\u0000"] }]);
    assert.equal(socket.io.engine.transport.name, transport);
  });

  scenario(`official-${transport}-long-message`, async (stage) => {
    const socket = await stage.connected("main", { transports: [transport] });
    assert.equal(await ask(socket, "ack", LONG), LONG);
  });

  scenario(`official-${transport}-keeps-order`, async (stage) => {
    const socket = await stage.connected("main", { transports: [transport] });
    const echoes = collect(socket, "echo");
    for (let n = 0; n < 2_000; n++) {
      socket.emit("echo", n);
    }
    await until(() => echoes.length === 2_000, "2,000 echoes", 8_000);
    assert.deepEqual(echoes, Array.from({ length: 2_000 }, (_, n) => [n]));
  });

  scenario(`official-${transport}-stays-through-heartbeats`, async (stage) => {
    const socket = await stage.connected("short", { transports: [transport] });
    const pings = [];
    socket.io.on("ping", () => pings.push(Date.now()));
    await until(() => pings.length >= 4, "4 pings");
    await settled(socket);
    assert.ok(socket.connected);
  });
}

scenario("official-upgrade", async (stage) => {
  const socket = stage.client();
  const upgraded = new Promise((resolve) => socket.io.on("open", () => socket.io.engine.once("upgrade", resolve)));
  await connected(socket);
  const { name } = await upgraded;
  assert.equal(name, "websocket");
  await until(async () => (await ask(socket, "whoami")).transport === "websocket", "the server's side upgraded");
});

scenario("official-messages-during-upgrade", async (stage) => {
  const socket = stage.client();
  const echoes = collect(socket, "echo");
  await connected(socket);
  let sent = 0;
  while (socket.io.engine.transport.name === "polling" || sent < 500) {
    socket.emit("echo", sent++);
    await new Promise(setImmediate);
  }
  await until(() => echoes.length === sent, `${sent} echoes`, 8_000);
  assert.deepEqual(echoes, Array.from({ length: sent }, (_, n) => [n]));
  assert.equal(socket.io.engine.transport.name, "websocket");
});

scenario("official-events-emitted-before-connecting", async (stage) => {
  const socket = stage.client();
  const echoes = collect(socket, "echo");
  socket.emit("echo", "early");
  await connected(socket);
  await until(() => echoes.length === 1, "the echo");
});

scenario("official-custom-path", async (stage) => {
  const socket = await stage.connected("options", { path: "/custom-path/" });
  assert.equal(await ask(socket, "ack", "there"), "there");
});

scenario("official-deflate", async (stage) => {
  const socket = await stage.connected("options", {
    path: "/custom-path/",
    transports: ["websocket"],
    perMessageDeflate: { threshold: 0 },
  });
  assert.match(socket.io.engine.transport.ws.extensions, /permessage-deflate/);
  assert.equal(await ask(socket, "ack", LONG), LONG);
  const bytes = Buffer.alloc(100_000, "weir");
  assert.deepEqual(await ask(socket, "ack", bytes), bytes);
});

scenario("official-hundred-clients", async (stage) => {
  const sockets = await Promise.all(
    Array.from({ length: 100 }, (_, n) => stage.connected("main", { transports: [BOTH[n % 2]] })),
  );
  assert.equal(new Set(sockets.map(({ id }) => id)).size, 100);
  const seen = sockets.map((socket) => collect(socket, "all"));
  await ask(sockets[0], "send", { self: true }, "all", "hello");
  await settled(...sockets);
  assert.ok(seen.every((events) => events.length === 1 && events[0][0] === "hello"));
});
