// What HTTP has to do with it: CORS, cookies, paths, methods.
import assert from "node:assert/strict";
import { answer, Session, SOCKET_IO_PATH } from "../lib/protocol.mjs";
import { scenario } from "../lib/scenario.mjs";

const ALLOWED = "http://app.example";
const QUERY = "EIO=4&transport=polling";

const options = (stage) => `${stage.url("options")}/custom-path/?${QUERY}`;

scenario("cors-preflight", async (stage) => {
  const response = await fetch(options(stage), {
    method: "OPTIONS",
    headers: {
      origin: ALLOWED,
      "access-control-request-method": "POST",
      "access-control-request-headers": "x-token",
    },
  });
  assert.equal(response.status, 204);
  assert.equal(await response.text(), "");
  const header = (name) => response.headers.get(`access-control-${name}`);
  assert.equal(header("allow-origin"), ALLOWED);
  assert.deepEqual(header("allow-methods").split(/, ?/).sort(), ["GET", "POST"]);
  assert.equal(header("allow-headers").toLowerCase(), "x-token");
  assert.equal(header("allow-credentials"), "true");
  assert.equal(header("max-age"), "600");
  assert.match(response.headers.get("vary"), /origin/i);
});

scenario("cors-request", async (stage) => {
  const response = await fetch(options(stage), { headers: { origin: ALLOWED } });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("access-control-allow-origin"), ALLOWED);
  assert.equal(response.headers.get("access-control-allow-credentials"), "true");
  const { sid } = JSON.parse((await response.text()).slice(1));
  const push = await fetch(`${options(stage)}&sid=${sid}`, { method: "POST", body: "40", headers: { origin: ALLOWED } });
  assert.equal(push.headers.get("access-control-allow-origin"), ALLOWED, "on every answer, or a browser hides it");
});

scenario("cors-on-an-error", async (stage) => {
  const response = await fetch(`${options(stage)}&sid=unknown`, { headers: { origin: ALLOWED } });
  assert.equal(response.status, 400);
  assert.equal(response.headers.get("access-control-allow-origin"), ALLOWED);
  await response.text();
});

scenario("cors-of-another-origin", async (stage) => {
  for (const method of ["GET", "OPTIONS"]) {
    const headers = { origin: "http://evil.example", "access-control-request-method": "POST" };
    const response = await fetch(options(stage), { method, headers });
    assert.equal(response.headers.get("access-control-allow-origin"), null);
    await response.text();
  }
});

scenario("cors-off", async (stage) => {
  const response = await fetch(`${stage.url()}${SOCKET_IO_PATH}?${QUERY}`, { headers: { origin: ALLOWED } });
  assert.equal(response.headers.get("access-control-allow-origin"), null);
  await response.text();
});

scenario("cookie", async (stage) => {
  const session = await new Session(stage.url("options"), "/custom-path/").open();
  const [value, ...attributes] = session.headers.get("set-cookie").split(/; ?/);
  assert.equal(value, `io=${session.sid}`);
  assert.deepEqual(attributes.map((it) => it.toLowerCase()).sort(), ["httponly", "path=/", "samesite=lax"]);
  await session.send("40");
  const again = await session.request();
  assert.equal(again.headers.get("set-cookie"), null, "only the handshake sets it");
  await again.text();
});

scenario("path-that-is-not-served", async (stage) => {
  for (const path of ["/", "/socket.iox/", "/other/"]) {
    const response = await fetch(`${stage.url()}${path}?${QUERY}`, { signal: AbortSignal.timeout(2_000) });
    assert.equal(response.status, 404, path);
    await response.text();
  }
}, { weirOnly: true }); // Node leaves such requests to the HTTP server it is attached to

scenario("path-without-its-slash", async (stage) => {
  const { status } = await answer(await fetch(`${stage.url()}/socket.io?${QUERY}`, { signal: AbortSignal.timeout(2_000) }));
  assert.ok([200, 404].includes(status), `${status}`);
}, { weirOnly: true });

scenario("method-that-a-session-does-not-have", async (stage) => {
  const session = await stage.polling();
  for (const method of ["PUT", "DELETE", "PATCH"]) {
    const { status } = await answer(await session.request({ method, signal: AbortSignal.timeout(2_000) }));
    assert.ok(status === 400 || status === 405 || status === 500, `${method}: ${status}`);
  }
});
