// The official client and acknowledgements, both ways.
import assert from "node:assert/strict";
import { ask, collect, once, scenario, settled } from "../lib/scenario.mjs";

const websocket = { transports: ["websocket"] };

scenario("official-ack-with-all-kinds-of-values", async (stage) => {
  const socket = await stage.connected();
  for (const values of [[], [null], [0], ["", false], [{ a: [{ b: null }] }, [[]], -1.5e300], ["\"\\\n👍"]]) {
    const answer = await new Promise((resolve) => socket.emit("ack", ...values, (...back) => resolve(back)));
    assert.deepEqual(answer, values);
  }
});

scenario("official-acks-find-their-event", async (stage) => {
  const socket = await stage.connected();
  const answers = await Promise.all(Array.from({ length: 300 }, (_, n) => ask(socket, "ack", n)));
  assert.deepEqual(answers, Array.from({ length: 300 }, (_, n) => n));
});

scenario("official-ack-that-never-comes", async (stage) => {
  const socket = await stage.connected();
  await assert.rejects(socket.timeout(100).emitWithAck("silent"), /timed out/);
  await settled(socket);
});

scenario("official-ack-from-the-client", async (stage) => {
  const socket = await stage.connected();
  socket.on("question", (...args) => args.pop()(...args, "answered"));
  for (const values of [[], [1, { a: Buffer.of(1, 2) }], [Buffer.alloc(0), "x"]]) {
    const answer = once(socket, "answer");
    socket.emit("ask", 2_000, ...values);
    assert.deepEqual(await answer, [{ ok: true, values: [...values, "answered"] }]);
  }
});

scenario("official-ack-from-the-client-too-late", async (stage) => {
  const socket = await stage.connected();
  let late;
  socket.on("question", (ack) => (late = ack));
  const answers = collect(socket, "answer");
  const answer = once(socket, "answer");
  socket.emit("ask", 100);
  assert.deepEqual(await answer, [{ ok: false }]);
  late("now");
  await settled(socket);
  assert.equal(answers.length, 1, "an answer after the timeout is dropped");
});

scenario("official-broadcast-acks", async (stage) => {
  const sockets = await Promise.all(Array.from({ length: 3 }, () => stage.connected("main", websocket)));
  for (const [n, socket] of sockets.entries()) {
    await ask(socket, "join", "panel");
    socket.on("vote", (about, ack) => ack({ about, n }));
  }
  const { complete, responses } = await ask(sockets[0], "send-ack", { to: ["panel"], timeout: 2_000 }, "vote", "tea");
  assert.equal(complete, true);
  assert.deepEqual(responses.map(({ n }) => n).sort(), [0, 1, 2]);
  assert.ok(responses.every(({ about }) => about === "tea"));
});

scenario("official-broadcast-acks-one-is-silent", async (stage) => {
  const sockets = await Promise.all(Array.from({ length: 3 }, () => stage.connected("main", websocket)));
  await Promise.all(sockets.map((socket) => ask(socket, "join", "panel-2")));
  sockets.slice(1).forEach((socket, n) => socket.on("vote", (ack) => ack(n)));
  const { complete, responses } = await ask(sockets[0], "send-ack", { to: ["panel-2"], timeout: 200 }, "vote");
  assert.equal(complete, false);
  assert.deepEqual(responses.sort(), [0, 1]);
});

scenario("official-broadcast-acks-with-binary", async (stage) => {
  const sockets = await Promise.all(
    ["polling", "websocket"].map((transport) => stage.connected("main", { transports: [transport] })),
  );
  for (const socket of sockets) {
    await ask(socket, "join", "panel-3");
    socket.on("vote", (bytes, ack) => ack(Buffer.concat([bytes, Buffer.of(9)])));
  }
  const options = { to: ["panel-3"], timeout: 2_000 };
  const { complete, responses } = await ask(sockets[0], "send-ack", options, "vote", Buffer.of(1));
  assert.equal(complete, true);
  assert.deepEqual(responses, [Buffer.of(1, 9), Buffer.of(1, 9)]);
});

scenario("official-broadcast-acks-of-nobody", async (stage) => {
  const socket = await stage.connected();
  const answer = await ask(socket, "send-ack", { to: ["nobody-is-here"], timeout: 2_000 }, "vote");
  assert.deepEqual(answer, { complete: true, responses: [] });
});
