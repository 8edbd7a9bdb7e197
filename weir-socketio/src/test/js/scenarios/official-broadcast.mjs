// The official client, and whom the server sends to.
import assert from "node:assert/strict";
import { ask, collect, connected, scenario, settled, until } from "../lib/scenario.mjs";

/** So many clients in a namespace of their own, and what each hears. */
async function audience(stage, namespace, count) {
  const sockets = await Promise.all(
    Array.from({ length: count }, (_, n) =>
      stage.connected("main", { namespace, transports: [n % 2 ? "polling" : "websocket"] }),
    ),
  );
  const heard = sockets.map((socket) => collect(socket, "said"));
  const counts = async () => {
    await settled(...sockets);
    return heard.map((events) => events.splice(0).length);
  };
  return { sockets, counts };
}

scenario("official-rooms-join-and-leave", async (stage) => {
  const socket = await stage.connected();
  assert.deepEqual(await ask(socket, "rooms"), [socket.id]);
  await ask(socket, "join", "b");
  await ask(socket, "join", "a");
  await ask(socket, "join", "a");
  assert.deepEqual(await ask(socket, "rooms"), [socket.id, "a", "b"].sort());
  await ask(socket, "leave", "a");
  await ask(socket, "leave", "never-joined");
  assert.deepEqual(await ask(socket, "rooms"), [socket.id, "b"].sort());
});

scenario("official-broadcast-to-rooms", async (stage) => {
  const { sockets, counts } = await audience(stage, "/room-101", 4);
  await ask(sockets[1], "join", "red");
  await ask(sockets[2], "join", "red");
  await ask(sockets[2], "join", "blue");
  await ask(sockets[0], "send", {}, "said");
  assert.deepEqual(await counts(), [0, 1, 1, 1], "all but the sender");
  await ask(sockets[0], "send", { self: true }, "said");
  assert.deepEqual(await counts(), [1, 1, 1, 1], "the sender too");
  await ask(sockets[0], "send", { to: ["red"] }, "said");
  assert.deepEqual(await counts(), [0, 1, 1, 0], "one room");
  await ask(sockets[0], "send", { to: ["red", "blue"] }, "said");
  assert.deepEqual(await counts(), [0, 1, 1, 0], "who is in two of the rooms hears it once");
  await ask(sockets[1], "send", { to: ["red"] }, "said");
  assert.deepEqual(await counts(), [0, 0, 1, 0], "the sender is in the room, and left out");
  await ask(sockets[1], "send", { to: ["red"], self: true }, "said");
  assert.deepEqual(await counts(), [0, 1, 1, 0]);
  await ask(sockets[0], "send", { to: ["empty"] }, "said");
  assert.deepEqual(await counts(), [0, 0, 0, 0], "nobody is in the room");
});

scenario("official-broadcast-except", async (stage) => {
  const { sockets, counts } = await audience(stage, "/room-102", 4);
  await ask(sockets[1], "join", "red");
  await ask(sockets[2], "join", "red");
  await ask(sockets[2], "join", "blue");
  await ask(sockets[0], "send", { except: ["blue"] }, "said");
  assert.deepEqual(await counts(), [0, 1, 0, 1]);
  await ask(sockets[0], "send", { to: ["red"], except: ["blue"], self: true }, "said");
  assert.deepEqual(await counts(), [0, 1, 0, 0]);
  await ask(sockets[0], "send", { except: ["red", "blue"], self: true }, "said");
  assert.deepEqual(await counts(), [1, 0, 0, 1]);
});

scenario("official-broadcast-to-one-socket", async (stage) => {
  const { sockets, counts } = await audience(stage, "/room-103", 3);
  await ask(sockets[0], "send", { to: [sockets[2].id] }, "said");
  assert.deepEqual(await counts(), [0, 0, 1]);
  await ask(sockets[0], "send", { except: [sockets[2].id], local: true }, "said");
  assert.deepEqual(await counts(), [0, 1, 0]);
});

scenario("official-volatile-to-those-who-can-take-it", async (stage) => {
  const { sockets, counts } = await audience(stage, "/room-104", 3);
  // A polling client can take it only while it polls: it does, some time after its last answer.
  await until(async () => {
    await ask(sockets[0], "send", { volatile: true, self: true }, "said");
    return (await counts()).every((count) => count === 1);
  }, "a volatile event that reached all three");
});

scenario("official-fetch-sockets", async (stage) => {
  const sockets = await Promise.all(Array.from({ length: 3 }, () => stage.connected()));
  for (const [n, socket] of sockets.entries()) {
    await ask(socket, "set-data", { n });
  }
  await ask(sockets[0], "join", "fetched");
  await ask(sockets[1], "join", "fetched");
  const expected = [0, 1]
    .map((n) => ({ id: sockets[n].id, rooms: [sockets[n].id, "fetched"].sort(), data: { n } }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  assert.deepEqual(await ask(sockets[2], "fetch", "fetched"), expected);
  assert.deepEqual(await ask(sockets[2], "fetch", "nobody-is-here"), []);
});

scenario("official-sockets-join-and-leave", async (stage) => {
  const sockets = await Promise.all(Array.from({ length: 3 }, () => stage.connected()));
  await ask(sockets[0], "join", "these");
  await ask(sockets[1], "join", "these");
  await ask(sockets[2], "sockets-join", "these", "those");
  const rooms = () => Promise.all(sockets.map((socket) => ask(socket, "rooms")));
  assert.deepEqual((await rooms()).map((names) => names.includes("those")), [true, true, false]);
  await ask(sockets[2], "sockets-leave", "these", "those");
  assert.deepEqual((await rooms()).map((names) => names.includes("those")), [false, false, false]);
});

scenario("official-sockets-disconnect", async (stage) => {
  const sockets = await Promise.all(Array.from({ length: 3 }, () => stage.connected()));
  const reasons = sockets.map((socket) => collect(socket, "disconnect"));
  await ask(sockets[0], "join", "out");
  await ask(sockets[1], "join", "out");
  await ask(sockets[2], "sockets-disconnect", "out", false);
  await until(() => reasons[0].length + reasons[1].length === 2, "both disconnected");
  assert.deepEqual(reasons.map((events) => events[0]?.[0]), ["io server disconnect", "io server disconnect", undefined]);
  await settled(sockets[2]);
});

scenario("official-rooms-end-with-their-sockets", async (stage) => {
  const stays = await stage.connected();
  const leaves = await stage.connected();
  await ask(leaves, "join", "left");
  assert.equal((await ask(stays, "fetch", "left")).length, 1);
  leaves.disconnect();
  await until(async () => (await ask(stays, "fetch", "left")).length === 0, "the room empty");
  leaves.connect();
  await connected(leaves);
  assert.deepEqual(await ask(leaves, "rooms"), [leaves.id], "a new socket is in no old room");
});

scenario("official-socket-data", async (stage) => {
  const [one, other] = [await stage.connected(), await stage.connected()];
  assert.equal(await ask(one, "get-data"), null);
  await ask(one, "set-data", { a: [1, "ü"] });
  assert.deepEqual(await ask(one, "get-data"), { a: [1, "ü"] });
  assert.equal(await ask(other, "get-data"), null);
});
