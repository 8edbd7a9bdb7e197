// From long polling to WebSocket, frame by frame.
import assert from "node:assert/strict";
import { pause, scenario } from "../lib/scenario.mjs";

const websocketOf = (session) => `EIO=4&transport=websocket&sid=${session.sid}`;

/** A polling session in the root namespace, and a WebSocket that was opened for it. */
async function both(stage, server) {
  const session = await stage.polling(server);
  await session.connect();
  const frames = await stage.frames(server, { query: websocketOf(session) });
  return { session, frames };
}

async function probe(frames) {
  frames.send("2probe");
  assert.equal(await frames.next(), "3probe");
}

scenario("upgrade-sequence", async (stage) => {
  const { session, frames } = await both(stage);
  const poll = session.get();
  await pause(30);
  await probe(frames);
  assert.deepEqual(await poll, { status: 200, body: "6" }, "a noop frees the pending poll");
  frames.send("5");
  await frames.assertAlive();
});

scenario("upgrade-without-a-pending-poll", async (stage) => {
  const { session, frames } = await both(stage);
  await probe(frames);
  assert.deepEqual(await session.get(), { status: 200, body: "6" }, "a poll during the probe returns at once");
  frames.send("5");
  await frames.assertAlive();
});

scenario("upgrade-says-no-handshake-again", async (stage) => {
  const { frames } = await both(stage);
  await pause(50);
  assert.deepEqual(frames.unread, []);
});

scenario("upgrade-keeps-what-was-queued", async (stage) => {
  const { session, frames } = await both(stage);
  await session.send(...Array.from({ length: 20 }, (_, n) => `42["echo",${n}]`));
  await probe(frames);
  await session.send(...Array.from({ length: 20 }, (_, n) => `42["echo",${20 + n}]`));
  const polled = (await session.packets()).filter((packet) => packet !== "6");
  frames.send("5");
  frames.send(...Array.from({ length: 20 }, (_, n) => `42["echo",${40 + n}]`));
  const pushed = [];
  while (polled.length + pushed.length < 60) {
    pushed.push(await frames.next());
  }
  assert.deepEqual([...polled, ...pushed], Array.from({ length: 60 }, (_, n) => `42["echo",${n}]`));
  assert.ok(pushed.length >= 20);
});

scenario("upgrade-keeps-binary-that-was-queued", async (stage) => {
  const { session, frames } = await both(stage);
  const text = '451-["echo",{"_placeholder":true,"num":0}]';
  await session.send(text, "bAQID", '42["echo","after"]');
  await probe(frames);
  frames.send("5");
  const seen = [];
  while (seen.length < 3) {
    seen.push(await frames.next());
  }
  assert.deepEqual(seen, [text, Buffer.of(1, 2, 3), '42["echo","after"]']);
});

scenario("upgrade-waits-for-its-packet", async (stage) => {
  const { session, frames } = await both(stage);
  await probe(frames);
  await session.send('42["echo","still polling"]');
  await pause(100);
  assert.deepEqual(frames.unread, [], "nothing goes over the WebSocket before 5");
  const packets = await session.packetsUpTo(1);
  assert.ok(packets.includes('42["echo","still polling"]') || packets.includes("6"));
});

scenario("upgrade-ends-polling", async (stage) => {
  const { session, frames } = await both(stage);
  await probe(frames);
  frames.send("5");
  await frames.assertAlive();
  assert.equal((await session.get()).status, 400);
  assert.equal((await session.post('42["echo",1]')).status, 400);
  await frames.assertAlive();
});

scenario("upgrade-second-websocket-is-closed", async (stage) => {
  const { session, frames } = await both(stage);
  await probe(frames);
  frames.send("5");
  await frames.assertAlive();
  await assertClosed(stage, websocketOf(session));
  await frames.assertAlive();
});

scenario("upgrade-second-websocket-during-the-probe", async (stage) => {
  const { session, frames } = await both(stage);
  await probe(frames);
  await assertClosed(stage, websocketOf(session));
  frames.send("5");
  await frames.assertAlive();
});

scenario("upgrade-of-a-websocket-session", async (stage) => {
  const frames = await stage.socket();
  await assertClosed(stage, `EIO=4&transport=websocket&sid=${frames.handshake.sid}`);
  await frames.assertAlive();
}, { weirOnly: true }); // Node moves the session over

async function assertClosed(stage, query) {
  const second = await stage.frames("main", { query }).catch((refused) => refused);
  if (!(second instanceof Error)) {
    second.send("2probe");
    await second.closed();
    assert.deepEqual(second.unread, []);
  }
}

scenario("upgrade-with-a-wrong-probe", async (stage) => {
  for (const wrong of ['42["echo",1]', "2", "2prob", "abc"]) {
    const { session, frames } = await both(stage);
    frames.send(wrong);
    await frames.closed();
    assert.deepEqual(frames.unread, []);
    await session.send('42["echo","by polling"]');
    assert.deepEqual(await session.packetsUpTo(1), ['42["echo","by polling"]'], wrong);
  }
});

scenario("upgrade-given-up", async (stage) => {
  const { session, frames } = await both(stage);
  await probe(frames);
  frames.cut();
  await pause(50);
  await session.send('42["echo",1]');
  const packets = (await session.packetsUpTo(1)).filter((packet) => packet !== "6");
  assert.deepEqual(packets.length > 0 ? packets : await session.packetsUpTo(1), ['42["echo",1]']);
  const again = await stage.frames("main", { query: websocketOf(session) });
  await probe(again);
  again.send("5");
  await again.assertAlive();
});

scenario("upgrade-too-slow", async (stage) => {
  const { session, frames } = await both(stage, "short");
  const closed = frames.closed(2_500);
  const stop = Date.now() + 1_500;
  let pings = 0;
  while (Date.now() < stop) {
    for (const packet of await session.packets()) {
      assert.match(packet, /^[26]$/);
      if (packet === "2") {
        pings++;
        await session.send("3");
      }
    }
  }
  await closed;
  assert.ok(pings >= 3, "the session lives on by polling");
});
