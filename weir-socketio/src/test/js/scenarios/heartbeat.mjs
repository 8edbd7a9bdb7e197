// The server pings; who does not answer is gone.
import assert from "node:assert/strict";
import { pause, scenario } from "../lib/scenario.mjs";

scenario("heartbeat-websocket", async (stage) => {
  const frames = await stage.websocket("short");
  assert.deepEqual([frames.handshake.pingInterval, frames.handshake.pingTimeout], [300, 200]);
  await frames.connect();
  for (let n = 0; n < 4; n++) {
    const begin = performance.now();
    assert.equal(await frames.next(), "2");
    assert.ok(performance.now() - begin > 150, "pings come at their interval");
    frames.send("3");
  }
  await frames.assertAlive();
});

scenario("heartbeat-polling", async (stage) => {
  const session = await stage.polling("short");
  await session.connect();
  for (let n = 0; n < 4; n++) {
    assert.deepEqual(await session.packets(), ["2"]);
    await session.send("3");
  }
});

scenario("heartbeat-after-the-upgrade", async (stage) => {
  const session = await stage.polling("short");
  await session.connect();
  const frames = await stage.frames("short", { query: `EIO=4&transport=websocket&sid=${session.sid}` });
  frames.send("2probe");
  assert.equal(await frames.next(), "3probe");
  frames.send("5");
  for (let n = 0; n < 3; n++) {
    assert.equal(await frames.next(), "2");
    frames.send("3");
  }
});

scenario("heartbeat-missing-websocket", async (stage) => {
  const frames = await stage.socket("short");
  assert.equal(await frames.next(), "2");
  await frames.closed(1_000);
});

scenario("heartbeat-missing-though-messages-come", async (stage) => {
  const frames = await stage.socket("short");
  const talk = setInterval(() => frames.ws.readyState === 1 && frames.send('42["silent"]'), 20);
  stage.cleanUp(() => clearInterval(talk));
  await frames.closed(1_500);
});

scenario("heartbeat-missing-polling", async (stage) => {
  const session = await stage.polling("short");
  assert.deepEqual(await session.packets(), ["2"]);
  await pause(400);
  await session.assertGone();
});

scenario("heartbeat-of-a-client-that-does-not-poll", async (stage) => {
  const session = await stage.polling("short");
  await session.connect();
  await pause(800);
  await session.assertGone();
});

scenario("heartbeat-pong-that-nobody-asked-for", async (stage) => {
  const frames = await stage.socket();
  frames.send("3", "3");
  await frames.assertAlive();
});
