// The official client and binary, both ways, over both transports.
import assert from "node:assert/strict";
import { ask, collect, once, scenario, settled } from "../lib/scenario.mjs";

const ALL_BYTES = Buffer.from(Array.from({ length: 256 }, (_, n) => n));

for (const transport of ["polling", "websocket"]) {
  const options = { transports: [transport] };

  scenario(`official-binary-${transport}`, async (stage) => {
    const socket = await stage.connected("main", options);
    const nested = { file: ALL_BYTES, list: [1, Buffer.of(1), { deep: Buffer.of(2, 3) }], text: "b✓" };
    for (const values of [[ALL_BYTES], [Buffer.alloc(0)], [Buffer.of(0), "between", Buffer.of(255)], [nested]]) {
      const echo = once(socket, "echo");
      socket.emit("echo", ...values);
      assert.deepEqual(await echo, values);
      const acked = await new Promise((resolve) => socket.emit("ack", ...values, (...back) => resolve(back)));
      assert.deepEqual(acked, values);
    }
  });

  scenario(`official-binary-${transport}-ten-attachments`, async (stage) => {
    const socket = await stage.connected("main", options);
    const ten = Array.from({ length: 10 }, (_, n) => Buffer.alloc(n * 100, n));
    assert.deepEqual(await ask(socket, "ack", ten), ten);
  });

  scenario(`official-binary-${transport}-long`, async (stage) => {
    const socket = await stage.connected("main", options);
    const long = Buffer.alloc(150_000, ALL_BYTES);
    assert.deepEqual(await ask(socket, "ack", long), long);
  });

  scenario(`official-binary-${transport}-mixed-with-text`, async (stage) => {
    const socket = await stage.connected("main", options);
    const echoes = collect(socket, "echo");
    const sent = Array.from({ length: 200 }, (_, n) => (n % 3 === 0 ? Buffer.from(`${n}`) : n));
    sent.forEach((value) => socket.emit("echo", value));
    await settled(socket);
    assert.deepEqual(echoes, sent.map((value) => [value]));
  });
}

scenario("official-binary-in-a-namespace", async (stage) => {
  const socket = await stage.connected("main", { namespace: "/custom" });
  assert.deepEqual(await ask(socket, "ack", { a: ALL_BYTES }), { a: ALL_BYTES });
});

scenario("official-binary-broadcast", async (stage) => {
  const sockets = await Promise.all(
    ["polling", "websocket", "polling", "websocket"].map((transport) =>
      stage.connected("main", { namespace: "/room-3", transports: [transport] }),
    ),
  );
  const seen = sockets.map((socket) => collect(socket, "file"));
  await ask(sockets[0], "send", { self: true }, "file", "n", { parts: [ALL_BYTES, Buffer.of(1)] });
  await settled(...sockets);
  for (const events of seen) {
    assert.deepEqual(events, [["n", { parts: [ALL_BYTES, Buffer.of(1)] }]]);
  }
});
