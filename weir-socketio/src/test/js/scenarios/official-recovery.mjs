// The official client, whose connection is cut, and what it finds when it is back.
import assert from "node:assert/strict";
import { ask, collect, connected, once, pause, scenario, settled, until } from "../lib/scenario.mjs";

const options = {
  transports: ["websocket"],
  reconnection: true,
  reconnectionDelay: 300,
  randomizationFactor: 0,
};

/** A client in the room that has received an event, so that it knows where it stands. */
async function member(stage, room, change = {}) {
  const socket = await stage.connected("recovery", { ...options, ...change });
  await ask(socket, "join", room);
  await ask(socket, "set-data", { kept: room });
  const first = once(socket, "news");
  await ask(socket, "send", { to: [room], self: true }, "news", "first");
  await first;
  return socket;
}

/** What the events said, without the offset that each has as its last argument. */
const values = (events) => events.map(([value]) => value);

async function cut(socket) {
  const disconnected = once(socket, "disconnect");
  socket.io.engine.transport.ws.terminate();
  await disconnected;
}

scenario("official-recovery-after-a-cut", async (stage) => {
  const [socket, sender] = [await member(stage, "r1"), await stage.connected("recovery", options)];
  assert.ok(!socket.recovered);
  const { id } = socket;
  const news = collect(socket, "news");
  await cut(socket);
  for (const value of [1, { two: Buffer.of(2) }, "three"]) {
    await ask(sender, "send", { to: ["r1"] }, "news", value);
  }
  await ask(sender, "send", { to: ["elsewhere"] }, "news", "not for this one");
  await ask(sender, "send", { to: ["r1"], except: [id] }, "news", "nor this");
  await ask(sender, "send", { to: ["r1"], volatile: true }, "news", "nor what is volatile");
  await connected(socket);
  assert.equal(socket.recovered, true);
  assert.equal(socket.id, id);
  await settled(socket);
  assert.deepEqual(values(news), [1, { two: Buffer.of(2) }, "three"], "what was missed, once, in order");
  assert.deepEqual(await ask(socket, "rooms"), [id, "r1"].sort());
  assert.deepEqual(await ask(socket, "get-data"), { kept: "r1" });
  assert.equal((await ask(socket, "whoami")).recovered, true);
  await ask(sender, "send", { to: ["r1"] }, "news", "live");
  await settled(socket);
  assert.equal(values(news).at(-1), "live");
});

scenario("official-recovery-again-and-again", async (stage) => {
  const [socket, sender] = [await member(stage, "r2", { reconnectionDelay: 50 }), await stage.connected("recovery", options)];
  const news = collect(socket, "news");
  const { id } = socket;
  for (let round = 0; round < 5; round++) {
    await cut(socket);
    await ask(sender, "send", { to: ["r2"] }, "news", `missed ${round}`);
    await connected(socket);
    await ask(sender, "send", { to: ["r2"] }, "news", `live ${round}`);
    await settled(socket);
  }
  assert.equal(socket.id, id);
  assert.deepEqual(values(news), [0, 1, 2, 3, 4].flatMap((round) => [`missed ${round}`, `live ${round}`]));
});

scenario("official-recovery-too-late", async (stage) => {
  const socket = await member(stage, "r3", { reconnectionDelay: 2_600, reconnectionDelayMax: 2_600 });
  const { id } = socket;
  await cut(socket);
  await once(socket, "connect", 4_000);
  assert.ok(!socket.recovered);
  assert.notEqual(socket.id, id);
  assert.deepEqual(await ask(socket, "rooms"), [socket.id]);
  assert.equal(await ask(socket, "get-data"), null);
});

scenario("official-recovery-not-after-a-wanted-disconnect", async (stage) => {
  const byClient = await member(stage, "r4");
  const { id } = byClient;
  byClient.disconnect();
  await pause(50);
  byClient.connect();
  await connected(byClient);
  assert.ok(!byClient.recovered);
  assert.notEqual(byClient.id, id);
  const byServer = await member(stage, "r5");
  const { id: old } = byServer;
  const disconnected = once(byServer, "disconnect");
  byServer.emit("disconnect-me", true);
  await disconnected;
  byServer.connect();
  await connected(byServer);
  assert.ok(!byServer.recovered);
  assert.notEqual(byServer.id, old);
});

scenario("official-recovery-skips-the-middlewares", async (stage) => {
  const auth = { token: "secret", user: "first" };
  const socket = await stage.connected("recovery", { ...options, namespace: "/auth", auth });
  await settled(socket);
  const { id } = socket;
  socket.auth = { token: "expired meanwhile" };
  await cut(socket);
  await connected(socket);
  assert.equal(socket.recovered, true);
  assert.equal(socket.id, id);
});

scenario("official-recovery-of-a-polling-client", async (stage) => {
  const socket = await member(stage, "r6", {
    transports: ["polling"],
    reconnectionDelay: 1_000, // the server may notice by its ping only, after 600 ms at most
    reconnectionDelayMax: 1_000,
  });
  const sender = await stage.connected("recovery", options);
  const { id } = socket;
  const news = collect(socket, "news");
  socket.io.engine.transport.onError("cut", new Error("cut"));
  await until(async () => (await ask(sender, "reason", id)) !== null, "the server noticed");
  await ask(sender, "send", { to: ["r6"] }, "news", "missed");
  await connected(socket);
  await settled(socket);
  assert.equal(socket.recovered, true);
  assert.equal(socket.id, id);
  assert.deepEqual(values(news), ["missed"]);
});
