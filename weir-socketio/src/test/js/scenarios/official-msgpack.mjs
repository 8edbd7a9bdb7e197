// The official client with the msgpack parser.
import assert from "node:assert/strict";
import msgpackParser from "socket.io-msgpack-parser";
import { ask, collect, connected, once, scenario, settled, until } from "../lib/scenario.mjs";

const client = (stage, options) => stage.client("msgpack", { parser: msgpackParser, ...options });

for (const transport of ["polling", "websocket"]) {
  scenario(`official-msgpack-${transport}`, async (stage) => {
    const socket = await connected(client(stage, { transports: [transport] }));
    const values = ["ü", 1, -1, 1.5, 2 ** 40, null, true, [], {}, { a: [1, { b: "c" }] }, "x".repeat(70_000)];
    for (const value of [...values, values]) {
      assert.deepEqual(await ask(socket, "ack", value), value);
    }
    const bytes = Buffer.from(Array.from({ length: 300 }, (_, n) => n));
    const back = await ask(socket, "ack", { deep: [bytes, bytes] });
    assert.deepEqual(back.deep.map((part) => Buffer.from(part)), [bytes, bytes]);
  });
}

scenario("official-msgpack-upgrade", async (stage) => {
  const socket = await connected(client(stage));
  await until(async () => (await ask(socket, "whoami")).transport === "websocket", "upgraded");
});

scenario("official-msgpack-acks-and-events", async (stage) => {
  const socket = await connected(client(stage));
  socket.on("question", (a, b, ack) => ack(b, a));
  const answer = once(socket, "answer");
  socket.emit("ask", 2_000, 1, "two");
  assert.deepEqual(await answer, [{ ok: true, values: ["two", 1] }]);
  const echoes = collect(socket, "echo");
  Array.from({ length: 200 }, (_, n) => socket.emit("echo", n));
  await settled(socket);
  assert.deepEqual(echoes, Array.from({ length: 200 }, (_, n) => [n]));
});

scenario("official-msgpack-namespaces-and-auth", async (stage) => {
  const [unknown] = await once(client(stage, { namespace: "/unknown" }), "connect_error");
  assert.equal(unknown.message, "Invalid namespace");
  const [refused] = await once(client(stage, { namespace: "/auth" }), "connect_error");
  assert.equal(refused.message, "not authorized");
  assert.deepEqual(refused.data, { code: 401, hint: "token" });
  const socket = client(stage, { namespace: "/auth", auth: { token: "secret", user: 7 } });
  const welcome = once(socket, "welcome");
  await connected(socket);
  assert.deepEqual(await welcome, [{ user: 7 }]);
});

scenario("official-msgpack-broadcast", async (stage) => {
  const sockets = await Promise.all(Array.from({ length: 3 }, () => connected(client(stage))));
  const heard = sockets.map((socket) => collect(socket, "said"));
  await ask(sockets[0], "send", {}, "said", { n: 1 });
  await settled(...sockets);
  assert.deepEqual(heard, [[], [[{ n: 1 }]], [[{ n: 1 }]]]);
});

scenario("official-msgpack-ends-by-both-sides", async (stage) => {
  const socket = await connected(client(stage));
  const disconnected = once(socket, "disconnect");
  socket.emit("disconnect-me", false);
  assert.equal((await disconnected)[0], "io server disconnect");
  socket.connect();
  await connected(socket);
  const { id } = socket;
  socket.disconnect();
  const witness = await connected(client(stage));
  await until(async () => (await ask(witness, "reason", id)) === "client namespace disconnect", "the reason");
});

scenario("official-msgpack-malformed", async (stage) => {
  for (const bytes of [Buffer.of(0xc1), Buffer.of(0x93, 1), Buffer.of(0xdf, 0xff, 0xff, 0xff, 0xff), Buffer.of(1)]) {
    const frames = await stage.websocket("msgpack");
    frames.send(bytes);
    await frames.closed();
  }
  await settled(await connected(client(stage)));
});
