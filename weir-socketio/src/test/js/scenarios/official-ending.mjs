// The official client: how connections end, and what comes after.
import assert from "node:assert/strict";
import { alone, ask, collect, connected, once, pause, scenario, settled, until } from "../lib/scenario.mjs";

const websocket = { transports: ["websocket"] };
const TOO_LONG = "x".repeat(300_000);

async function reasonOf(witness, id) {
  let reason;
  await until(async () => (reason = await ask(witness, "reason", id)) !== null, "the server noticed the end");
  return reason;
}

scenario("official-disconnect-by-the-client", async (stage) => {
  const witness = await stage.connected();
  for (const transport of ["polling", "websocket"]) {
    const socket = await stage.connected("main", { transports: [transport] });
    const { id } = socket;
    const disconnected = once(socket, "disconnect");
    socket.disconnect();
    assert.equal((await disconnected)[0], "io client disconnect");
    assert.equal(await reasonOf(witness, id), "client namespace disconnect");
  }
});

scenario("official-disconnect-from-one-of-two-namespaces", async (stage) => {
  const root = await stage.connected("main", websocket);
  const custom = root.io.socket("/custom", {});
  await connected(custom);
  root.disconnect();
  await settled(custom);
  assert.ok(custom.connected);
  root.connect();
  await connected(root);
  await settled(root, custom);
});

scenario("official-disconnect-by-the-server", async (stage) => {
  const witness = await stage.connected();
  for (const close of [false, true]) {
    const socket = await stage.connected();
    const { id } = socket;
    const disconnected = once(socket, "disconnect");
    socket.emit("disconnect-me", close);
    assert.equal((await disconnected)[0], "io server disconnect");
    assert.equal(await reasonOf(witness, id), "server namespace disconnect");
  }
});

scenario("official-close-by-the-server-ends-the-connection", async (stage) => {
  const socket = await stage.connected("main", websocket);
  const closed = once(socket.io.engine, "close");
  socket.emit("disconnect-me", true);
  await closed;
});

scenario("official-connection-lost", async (stage) => {
  const witness = await stage.connected();
  const socket = await stage.connected("main", websocket);
  const { id } = socket;
  socket.io.engine.transport.ws.terminate();
  assert.equal(await reasonOf(witness, id), "transport close");
});

scenario("official-reconnects", async (stage) => {
  const socket = await stage.connected("main", { ...websocket, reconnection: true, reconnectionDelay: 20 });
  const { id } = socket;
  await ask(socket, "join", "old-room");
  socket.io.engine.transport.ws.terminate();
  await once(socket, "disconnect");
  const answer = ask(socket, "whoami");
  await connected(socket);
  assert.notEqual(socket.id, id);
  assert.ok(!socket.recovered);
  assert.equal((await answer).id, socket.id, "what was emitted meanwhile is sent");
  assert.deepEqual(await ask(socket, "rooms"), [socket.id]);
});

scenario("official-disconnects-and-connects-again", async (stage) => {
  const socket = await stage.connected();
  for (let round = 0; round < 5; round++) {
    const { id } = socket;
    socket.disconnect();
    socket.connect();
    await connected(socket);
    assert.notEqual(socket.id, id);
    await settled(socket);
  }
});

for (const transport of ["polling", "websocket"]) {
  scenario(`official-${transport}-oversize`, async (stage) => {
    const [other, socket] = [await stage.connected(), await stage.connected("main", { transports: [transport] })];
    const { id } = socket;
    const disconnected = once(socket, "disconnect");
    socket.emit("echo", TOO_LONG);
    assert.match((await disconnected)[0], /transport (error|close)/);
    assert.match(await reasonOf(other, id), /transport (error|close)/);
    await settled(other);
  });
}

scenario("official-client-that-stops-answering-pings", async (stage) => {
  const witness = await stage.connected("short", websocket);
  const socket = await stage.connected("short", websocket);
  const { id } = socket;
  socket.io.engine._sendPacket = () => {};
  assert.equal(await reasonOf(witness, id), "ping timeout");
});

scenario("official-many-come-and-go", async (stage) => {
  const witness = await stage.connected();
  await alone(witness);
  for (let wave = 0; wave < 3; wave++) {
    const sockets = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        stage.connected("main", { transports: [n % 2 ? "polling" : "websocket"] }),
      ),
    );
    sockets.forEach((socket, n) => (n % 3 ? socket.disconnect() : socket.io.engine.close()));
    await pause(0);
  }
  await alone(witness);
  assert.deepEqual(collect(witness, "disconnect"), []);
});
