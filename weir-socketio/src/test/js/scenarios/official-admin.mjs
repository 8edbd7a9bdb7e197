// The namespace /admin, as the page @socket.io/admin-ui uses it.
import assert from "node:assert/strict";
import { ask, collect, connected, once, scenario, settled, until } from "../lib/scenario.mjs";

const AUTH = { username: "ops", password: "correct horse" };
const ORDERS = ["EMIT", "JOIN", "LEAVE", "DISCONNECT", "MJOIN", "MLEAVE", "MDISCONNECT"];

/** A page that is let in, and what it hears of each event. */
async function watch(stage, server = "admin", auth = AUTH) {
  const page = stage.client(server, { namespace: "/admin", auth, transports: ["websocket"] });
  const heard = {};
  page.onAny((event, ...args) => (heard[event] ??= []).push(args));
  page.heard = (event, wanted, what = `${event} as wanted`) =>
    until(() => heard[event]?.some(wanted), what, 5_000).then(() => heard[event].find(wanted));
  page.all = heard;
  return connected(page);
}

scenario("official-admin-refuses", async (stage) => {
  const wrong = [
    undefined,
    {},
    { ...AUTH, username: "other" },
    { ...AUTH, password: "wrong" },
    { username: "ops", password: "" },
    { sessionId: "made up" },
  ];
  await Promise.all(
    wrong.map(async (auth) => {
      const [error] = await once(stage.client("admin", { namespace: "/admin", auth }), "connect_error");
      assert.equal(error.message, "invalid credentials");
    }),
  );
});

scenario("official-admin-refuses-what-is-no-text", async (stage) => {
  const wrong = [{ username: ["ops"], password: ["correct horse"] }, { ...AUTH, password: 1 }, { sessionId: { a: 1 } }];
  await Promise.all(
    wrong.map(async (auth) => {
      const [error] = await once(stage.client("admin", { namespace: "/admin", auth }), "connect_error");
      assert.equal(error.message, "invalid credentials");
    }),
  );
}, { weirOnly: true });

scenario("official-admin-session", async (stage) => {
  const [sessionId] = await (await watch(stage)).heard("session", () => true);
  const again = await watch(stage, "admin", { sessionId });
  await again.heard("config", () => true);
  assert.equal(again.all.session, undefined, "a page that has a session is not given another");
});

scenario("official-admin-config", async (stage) => {
  const [{ supportedFeatures }] = await (await watch(stage)).heard("config", () => true);
  assert.deepEqual([...supportedFeatures].sort(), [...ORDERS, "AGGREGATED_EVENTS", "ALL_EVENTS"].sort());
});

scenario("official-admin-tells-who-is-there", async (stage) => {
  const socket = await stage.connected("admin", { transports: ["websocket"] });
  await ask(socket, "join", "blue");
  const page = await watch(stage);
  const [sockets] = await page.heard("all_sockets", () => true);
  const { id, nsp, transport, clientId, handshake, rooms } = sockets.find((it) => it.id === socket.id);
  assert.deepEqual([id, nsp, transport], [socket.id, "/", "websocket"]);
  assert.deepEqual(rooms, [socket.id, "blue"]);
  assert.match(handshake.address, /127\.0\.0\.1$/);
  assert.equal(typeof clientId, "string");
  assert.ok(sockets.some((it) => it.nsp === "/admin"), "the page itself");
});

scenario("official-admin-tells-who-comes-and-goes", async (stage) => {
  const page = await watch(stage);
  await page.heard("all_sockets", () => true);
  const socket = await stage.connected("admin");
  const { id: own } = socket;
  const [, time] = await page.heard("socket_connected", ([it]) => it.id === own);
  assert.ok(!Number.isNaN(Date.parse(time)));
  await page.heard("socket_updated", ([it]) => it.id === own && it.transport === "websocket");
  await ask(socket, "join", "red");
  await page.heard("room_joined", ([nsp, room, id]) => nsp === "/" && room === "red" && id === own);
  await ask(socket, "leave", "red");
  await page.heard("room_left", ([nsp, room, id]) => nsp === "/" && room === "red" && id === own);
  socket.disconnect();
  await page.heard("room_left", ([nsp, room, id]) => room === own && id === own && nsp === "/");
  await page.heard(
    "socket_disconnected",
    ([nsp, id, reason]) => nsp === "/" && id === own && reason === "client namespace disconnect",
  );
});

scenario("official-admin-tells-events", async (stage) => {
  const page = await watch(stage);
  await page.heard("all_sockets", () => true);
  const socket = await stage.connected("admin", { namespace: "/custom" });
  socket.emit("echo", 1, { a: "b" });
  for (const event of ["event_received", "event_sent"]) {
    const [nsp, , args] = await page.heard(event, ([, id, [name]]) => id === socket.id && name === "echo");
    assert.deepEqual([nsp, args], ["/custom", ["echo", 1, { a: "b" }]]);
  }
});

scenario("official-admin-orders", async (stage) => {
  const [one, other] = await Promise.all([stage.connected("admin"), stage.connected("admin")]);
  const page = await watch(stage);
  page.emit("join", "/", "green", one.id);
  await until(async () => (await ask(one, "rooms")).includes("green"), "it has joined");
  assert.ok(!(await ask(other, "rooms")).includes("green"));
  const heard = [one, other].map((socket) => collect(socket, "notice"));
  page.emit("emit", "/", "green", "notice", 1, { a: 2 });
  await until(() => heard[0].length === 1, "the notice");
  await settled(other);
  assert.deepEqual(heard, [[[1, { a: 2 }]], []]);
  page.emit("leave", "/", "green", one.id);
  await until(async () => !(await ask(one, "rooms")).includes("green"), "it has left");
  page.emit("emit", "/", undefined, "notice", 3);
  await until(() => heard.every((all) => all.some(([it]) => it === 3)), "the notice for all");
  page.emit("_disconnect", "/", false, one.id);
  assert.deepEqual(await once(one, "disconnect").then(([reason]) => reason), "io server disconnect");
  await settled(other);
});

scenario("official-admin-statistics", async (stage) => {
  const page = await watch(stage);
  await stage.connected("admin", { transports: ["polling"] });
  const [stats] = await page.heard(
    "server_stats",
    ([it]) => it.pollingClientsCount === 1 && it.aggregatedEvents.some(({ type }) => type === "rawConnection"),
    "the polling client in the statistics",
  );
  assert.ok(stats.clientsCount >= 2);
  assert.ok(stats.serverId && stats.hostname && stats.pid > 0 && stats.uptime >= 0);
  assert.ok(stats.namespaces.some(({ name, socketsCount }) => name === "/" && socketsCount >= 1));
  const { timestamp, count } = stats.aggregatedEvents.find(({ type }) => type === "rawConnection");
  assert.ok(timestamp > 1_600_000_000_000 && count >= 1);
});

scenario("official-admin-that-only-looks", async (stage) => {
  const socket = await stage.connected("looked-at");
  const page = await watch(stage, "looked-at");
  const [{ supportedFeatures }] = await page.heard("config", () => true);
  assert.deepEqual(supportedFeatures, ["AGGREGATED_EVENTS"]);
  page.emit("_disconnect", "/", true);
  page.emit("join", "/", "green");
  await page.heard("server_stats", () => true);
  assert.deepEqual(await ask(socket, "rooms"), [socket.id]);
  assert.equal(page.all.all_sockets, undefined, "not in production mode");
  assert.equal(page.all.event_received, undefined);
});

scenario("official-admin-keeps-secrets", async (stage) => {
  const secret = "s3cr3t-value";
  const socket = await stage.connected("admin", {
    auth: { token: secret },
    query: { token: secret },
    extraHeaders: { authorization: secret, cookie: `a=${secret}` },
  });
  await ask(socket, "set-data", secret);
  const page = await watch(stage);
  const [sockets] = await page.heard("all_sockets", () => true);
  assert.ok(!JSON.stringify(sockets.find((it) => it.id === socket.id)).includes(secret));
  assert.ok(!sockets.some(({ clientId }) => socket.io.engine.id.startsWith(clientId)));
}, { weirOnly: true });

scenario("official-admin-is-bounded", async (stage) => {
  const sockets = await Promise.all(Array.from({ length: 12 }, () => stage.connected("admin", { transports: ["websocket"] })));
  const page = await watch(stage);
  const [told, { shown, total }] = await page.heard("all_sockets", () => true);
  assert.deepEqual([told.length, shown], [10, 10], "the list ends where it may and says so");
  assert.ok(total >= 13);
  sockets[0].emit("echo", "x".repeat(10_000));
  const [, , args] = await page.heard("event_received", ([, id]) => id === sockets[0].id);
  assert.deepEqual(args, ["echo", "(1 arguments, too large to show)"]);
}, { weirOnly: true });

scenario("official-admin-takes-wrong-orders", async (stage) => {
  const socket = await stage.connected("admin");
  const page = await watch(stage);
  page.emit("join");
  page.emit("join", 1, 2, 3);
  page.emit("join", "/", { room: "x" });
  page.emit("join", "/nowhere", "x");
  page.emit("leave", null, null);
  page.emit("_disconnect");
  page.emit("_disconnect", "nowhere", true);
  page.emit("emit", "/", null, "disconnect");
  page.emit("emit", "/");
  page.emit("join", "/", "last", socket.id);
  await until(async () => (await ask(socket, "rooms")).includes("last"), "orders are still taken");
  const [stats] = await page.heard("server_stats", () => true);
  assert.ok(!stats.namespaces.some(({ name }) => name === "/nowhere"));
}, { weirOnly: true });
