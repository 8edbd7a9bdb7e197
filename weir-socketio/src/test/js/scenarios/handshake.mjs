// Engine.IO's handshake, and how it is refused.
import assert from "node:assert/strict";
import { answer, SOCKET_IO_PATH } from "../lib/protocol.mjs";
import { scenario } from "../lib/scenario.mjs";

const MESSAGES = [
  "Transport unknown",
  "Session ID unknown",
  "Bad handshake method",
  "Bad request",
  "Forbidden",
  "Unsupported protocol version",
];

const at = (stage, query, server = "main") => `${stage.url(server)}${SOCKET_IO_PATH}?${query}`;

async function assertRefused(code, url, options) {
  const response = await fetch(url, { signal: AbortSignal.timeout(3_000), ...options });
  assert.equal(response.status, code === 4 ? 403 : 400);
  assert.match(response.headers.get("content-type") ?? "", /application\/json/);
  assert.deepEqual(await response.json(), { code, message: MESSAGES[code] });
}

/** A WebSocket that is refused: by an HTTP status, or by a close before any packet. */
async function assertNoWebSocket(stage, query, { server = "main", statuses = [400], ...options } = {}) {
  let frames;
  try {
    frames = await stage.frames(server, { query, ...options });
  } catch (refused) {
    assert.ok(refused.status === undefined || statuses.includes(refused.status), refused.message);
    return;
  }
  await frames.closed();
  assert.deepEqual(frames.unread, []);
}

function assertHandshake(handshake, upgrades) {
  assert.deepEqual(Object.keys(handshake).sort(), ["maxPayload", "pingInterval", "pingTimeout", "sid", "upgrades"]);
  assert.equal(typeof handshake.sid, "string");
  assert.ok(handshake.sid.length >= 16, "a sid that cannot be guessed");
  assert.deepEqual({ ...handshake, sid: "" }, {
    sid: "",
    upgrades,
    pingInterval: 15_000,
    pingTimeout: 30_000,
    maxPayload: 262_144,
  });
}

scenario("handshake-polling", async (stage) => {
  const session = await stage.polling();
  assertHandshake(session.handshake, ["websocket"]);
  assert.match(session.headers.get("content-type"), /^text\/plain/);
  assert.equal(session.headers.get("set-cookie"), null);
});

scenario("handshake-websocket", async (stage) => {
  assertHandshake((await stage.websocket()).handshake, []);
});

scenario("handshake-sids-differ", async (stage) => {
  const sids = new Set();
  for (let n = 0; n < 50; n++) {
    sids.add((await stage.polling()).sid);
  }
  assert.equal(sids.size, 50);
});

scenario("handshake-sid-is-not-the-clients-to-choose", async (stage) => {
  const wished = "chosen-by-the-client";
  const cookie = { cookie: `io=${wished}; sid=${wished}` };
  assert.notEqual((await stage.polling("main", { headers: cookie })).sid, wished);
  assert.notEqual((await stage.websocket("main", { headers: cookie })).handshake.sid, wished);
  await assertRefused(1, at(stage, `EIO=4&transport=polling&sid=${wished}`));
});

scenario("error-0-transport-unknown", async (stage) => {
  await assertRefused(0, at(stage, "EIO=4"));
  await assertRefused(0, at(stage, "EIO=4&transport=abc"));
  await assertRefused(0, at(stage, "EIO=4&transport=constructor"));
  await assertNoWebSocket(stage, "EIO=4&transport=abc");
  await assertNoWebSocket(stage, "EIO=4");
});

scenario("error-1-session-unknown", async (stage) => {
  for (const sid of ["abc", "__proto__", "%00", "a".repeat(1_000)]) {
    const url = at(stage, `EIO=4&transport=polling&sid=${sid}`);
    await assertRefused(1, url);
    await assertRefused(1, url, { method: "POST", body: "40" });
  }
  await assertNoWebSocket(stage, "EIO=4&transport=websocket&sid=abc");
});

scenario("error-2-bad-handshake-method", async (stage) => {
  for (const method of ["POST", "PUT", "DELETE"]) {
    await assertRefused(2, at(stage, "EIO=4&transport=polling"), { method });
  }
});

scenario("error-3-bad-request", async (stage) => {
  await assertRefused(3, at(stage, "EIO=4&transport=websocket"));
  const { sid } = await stage.polling();
  await assertRefused(3, at(stage, `EIO=4&transport=websocket&sid=${sid}`));
  const { handshake } = await stage.websocket();
  await assertRefused(3, at(stage, `EIO=4&transport=polling&sid=${handshake.sid}`));
});

scenario("error-4-forbidden", async (stage) => {
  const refuse = { headers: { "x-refuse": "yes" } };
  const path = `${stage.url("options")}/custom-path/?EIO=4&transport=`;
  await assertRefused(4, `${path}polling`, refuse);
  await assertNoWebSocket(stage, "EIO=4&transport=websocket", {
    server: "options",
    path: "/custom-path/",
    statuses: [400, 403],
    ...refuse,
  });
});

scenario("error-4-leaves-the-others", async (stage) => {
  const frames = await stage.socket("options", { path: "/custom-path/" });
  await assertRefused(4, `${stage.url("options")}/custom-path/?EIO=4&transport=polling`, {
    headers: { "x-refuse": "yes" },
  });
  await frames.assertAlive();
});

scenario("error-5-unsupported-version", async (stage) => {
  for (const version of ["", "EIO=3&", "EIO=5&", "EIO=abc&"]) {
    await assertRefused(5, at(stage, `${version}transport=polling`));
    await assertNoWebSocket(stage, `${version}transport=websocket`);
  }
});

scenario("error-on-a-bad-request-line", async (stage) => {
  const url = at(stage, "EIO=4&transport=polling&sid=%ZZ");
  const { status } = await answer(await fetch(url, { signal: AbortSignal.timeout(3_000) }));
  assert.equal(status, 400);
});
