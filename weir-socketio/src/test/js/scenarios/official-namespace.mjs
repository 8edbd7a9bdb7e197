// The official client in namespaces, and before the doors of some.
import assert from "node:assert/strict";
import { alone, ask, collect, connected, once, scenario, settled, until } from "../lib/scenario.mjs";

scenario("official-namespaces-on-one-connection", async (stage) => {
  const root = await stage.connected();
  const others = ["/custom", "/room-7"].map((name) => root.io.socket(name, {}));
  stage.cleanUp(() => others.forEach((socket) => socket.disconnect()));
  await Promise.all(others.map(connected));
  const ids = [root, ...others].map(({ id }) => id);
  assert.equal(new Set([...ids, root.io.engine.id]).size, 4, "the ids of the sockets and of the connection differ");
  for (const socket of others) {
    const { id, namespace } = await ask(socket, "whoami");
    assert.deepEqual([id, namespace], [socket.id, socket.nsp]);
  }
});

scenario("official-namespace-that-is-unknown", async (stage) => {
  for (const namespace of ["/unknown", "/room-x", "/room-7x"]) {
    const [error] = await once(stage.client("main", { namespace }), "connect_error");
    assert.equal(error.message, "Invalid namespace");
    assert.equal(error.data, undefined);
  }
});

scenario("official-unknown-namespace-leaves-the-others", async (stage) => {
  const root = await stage.connected();
  const unknown = root.io.socket("/unknown", {});
  const refused = once(unknown, "connect_error");
  await refused;
  await settled(root);
  assert.ok(root.connected);
});

scenario("official-namespaces-do-not-hear-each-other", async (stage) => {
  const sender = await stage.connected("main", { namespace: "/room-1" });
  const same = await stage.connected("main", { namespace: "/room-1" });
  const others = await Promise.all(
    ["/room-2", "/custom", "/"].map((namespace) => stage.connected("main", { namespace })),
  );
  const heard = collect(same, "said");
  const wrong = others.map((socket) => collect(socket, "said"));
  await ask(sender, "send", {}, "said", 1);
  await settled(same, ...others);
  assert.deepEqual(heard, [[1]]);
  assert.deepEqual(wrong, [[], [], []]);
});

scenario("official-auth-refused", async (stage) => {
  for (const auth of [undefined, {}, { token: "wrong" }, { token: ["secret"] }]) {
    const socket = stage.client("main", { namespace: "/auth", auth });
    const [error] = await once(socket, "connect_error");
    assert.equal(error.message, "not authorized");
    assert.deepEqual(error.data, { code: 401, hint: "token" });
    assert.equal(socket.connected, false);
  }
});

scenario("official-auth-accepted", async (stage) => {
  const auth = { token: "secret", user: { name: "Zoë", roles: ["a", "b"] } };
  const socket = stage.client("main", { namespace: "/auth", auth });
  const welcome = once(socket, "welcome");
  await connected(socket);
  assert.deepEqual(await welcome, [{ user: auth.user }]);
  assert.deepEqual((await ask(socket, "whoami")).auth, auth);
});

scenario("official-auth-refused-then-accepted", async (stage) => {
  const socket = stage.client("main", { namespace: "/auth", auth: { token: "wrong" } });
  await once(socket, "connect_error");
  socket.auth = { token: "secret", user: "second" };
  const welcome = once(socket, "welcome");
  socket.connect();
  assert.deepEqual(await welcome, [{ user: "second" }]);
});

scenario("official-refused-sockets-hear-nothing", async (stage) => {
  const auth = { token: "secret" };
  const inside = await stage.connected("main", { namespace: "/auth", auth });
  const outside = stage.client("main", { namespace: "/auth", auth: { token: "wrong" } });
  const heard = collect(outside, "said");
  await once(outside, "connect_error");
  await ask(inside, "send", { self: true }, "said", 1);
  outside.auth = auth;
  outside.connect();
  await connected(outside);
  await settled(outside);
  assert.deepEqual(heard, []);
});

scenario("official-handshake-query", async (stage) => {
  const query = { room: "a b&c=d", lang: "ß" };
  const { query: seen, auth, address } = await ask(await stage.connected("main", { query }), "whoami");
  assert.equal(seen.room, query.room);
  assert.equal(seen.lang, query.lang);
  assert.equal(seen.EIO, "4");
  assert.deepEqual(auth, {});
  assert.match(address, /127\.0\.0\.1$/);
});

scenario("official-events-at-connection", async (stage) => {
  for (const transport of ["polling", "websocket"]) {
    const socket = stage.client("main", { namespace: "/greet", transports: [transport] });
    const greetings = collect(socket, "greet");
    await connected(socket);
    await settled(socket);
    assert.deepEqual(greetings, [[1], [2], [3]]);
  }
});

scenario("official-slow-middleware", async (stage) => {
  const root = await stage.connected();
  const slow = root.io.socket("/slow", {});
  await settled(root);
  assert.equal(slow.connected, false, "the root namespace answers while the middleware of another waits");
  await connected(slow);
  await settled(slow);
});

scenario("official-leaves-while-a-middleware-decides", async (stage) => {
  const socket = await stage.connected();
  await alone(socket);
  const leaver = stage.client("main", { namespace: "/slow", transports: ["websocket"] });
  await once(leaver.io, "open");
  await until(async () => (await ask(socket, "stats")).clients === 2, "the leaver there");
  leaver.io.engine.close();
  await alone(socket);
  const other = await stage.connected("main", { namespace: "/slow" });
  const all = await ask(other, "send-ack", { timeout: 300 }, "anybody");
  assert.deepEqual(all, { complete: false, responses: [] }, "only the other is there, and does not answer");
});

scenario("official-decided-later", async (stage) => {
  const root = await stage.connected();
  const later = root.io.socket("/later", { auth: { token: "secret", wait: 400 } });
  stage.cleanUp(() => later.disconnect());
  await settled(root);
  assert.equal(later.connected, false, "the root namespace answers while the middlewares of another wait");
  await connected(later);
  await settled(later);
});

scenario("official-refused-later", async (stage) => {
  const socket = stage.client("main", { namespace: "/later", auth: { token: "wrong", wait: 50 } });
  const [error] = await once(socket, "connect_error");
  assert.equal(error.message, "not authorized");
  assert.deepEqual(error.data, { code: 401, hint: "token" });
  socket.auth = { token: "secret", wait: 0 };
  socket.connect();
  await connected(socket);
});

scenario("official-refused-because-nothing-is-decided", async (stage) => {
  const root = await stage.connected("slow");
  const never = root.io.socket("/later", { auth: { token: "secret" } });
  const [error] = await once(never, "connect_error", 10_000);
  assert.equal(error.message, "Not admitted in time");
  assert.ok(root.connected, "the connection and its other namespaces stay");
  never.auth = { token: "secret", wait: 0 };
  never.connect();
  await connected(never);
}, { weirOnly: true });

scenario("official-leaves-before-it-is-decided", async (stage) => {
  const socket = await stage.connected();
  await alone(socket);
  const leaver = stage.client("main", { namespace: "/later", auth: { token: "secret", wait: 400 }, transports: ["websocket"] });
  await once(leaver.io, "open");
  await until(async () => (await ask(socket, "stats")).clients === 2, "the leaver there");
  leaver.io.engine.close();
  await alone(socket);
  const other = await stage.connected("main", { namespace: "/later", auth: { token: "secret", wait: 500 } });
  const all = await ask(other, "send-ack", { timeout: 300 }, "anybody");
  assert.deepEqual(all, { complete: false, responses: [] }, "only the other is there, and does not answer");
});

scenario("official-catch-all-on-the-server", async (stage) => {
  const socket = await stage.connected("main", { namespace: "/any" });
  const caught = collect(socket, "caught");
  socket.emit("first", 1, { a: 2 });
  socket.emit("second");
  await until(() => caught.length === 2, "two caught events");
  assert.deepEqual(caught, [["first", 1, { a: 2 }], ["second"]]);
});

scenario("official-catch-all-on-the-client", async (stage) => {
  const socket = await stage.connected();
  const caught = [];
  socket.onAny((...args) => caught.push(args));
  socket.emit("echo", 1, Buffer.of(2));
  await until(() => caught.length === 1, "the caught event");
  assert.deepEqual(caught, [["echo", 1, Buffer.of(2)]]);
});
