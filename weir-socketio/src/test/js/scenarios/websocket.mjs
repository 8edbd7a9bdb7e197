// Engine.IO over WebSocket.
import assert from "node:assert/strict";
import { scenario } from "../lib/scenario.mjs";

const PLACEHOLDER = '{"_placeholder":true,"num":0}';

scenario("websocket-packet-a-frame", async (stage) => {
  const frames = await stage.socket();
  frames.send('42["echo",1]', '42["echo",2]');
  assert.equal(await frames.next(), '42["echo",1]');
  assert.equal(await frames.next(), '42["echo",2]');
});

scenario("websocket-binary-has-no-type-byte", async (stage) => {
  const frames = await stage.socket();
  frames.send(`451-["echo",${PLACEHOLDER}]`, Buffer.of(1, 2, 3));
  assert.equal(await frames.next(), `451-["echo",${PLACEHOLDER}]`);
  assert.deepEqual(await frames.next(), Buffer.of(1, 2, 3));
});

scenario("websocket-close-packet", async (stage) => {
  const frames = await stage.socket();
  frames.send("1");
  await frames.closed();
}, { weirOnly: true }); // Node ignores it, and waits for the WebSocket's own

scenario("websocket-closed-by-the-client", async (stage) => {
  const frames = await stage.socket();
  frames.ws.close(1000);
  assert.equal(await frames.closed(), 1000);
});

scenario("websocket-malformed-packet", async (stage) => {
  for (const packet of ["abc", "", "9", "7x", "2", "\u0000"]) {
    const frames = await stage.socket();
    frames.send(packet);
    await frames.closed();
    assert.deepEqual(frames.unread, [], JSON.stringify(packet));
  }
});

scenario("websocket-oversize", async (stage) => {
  const frames = await stage.socket();
  frames.send("4" + "x".repeat(262_144));
  assert.equal(await frames.closed(), 1009);
});

scenario("websocket-oversize-binary", async (stage) => {
  const frames = await stage.socket();
  frames.send(Buffer.alloc(262_145));
  assert.equal(await frames.closed(), 1009);
});

scenario("websocket-oversize-in-fragments", async (stage) => {
  const frames = await stage.socket();
  const part = "x".repeat(50_000);
  frames.ws.send(`4${part}`, { fin: false });
  for (let n = 0; n < 10; n++) {
    frames.ws.send(part, { fin: n === 9 });
  }
  assert.equal(await frames.closed(), 1009);
});

scenario("websocket-just-below-the-limit", async (stage) => {
  const frames = await stage.socket();
  const packet = `42["echo","${"x".repeat(262_144 - '42["echo",""]'.length)}"]`;
  frames.send(packet);
  assert.equal(await frames.next(), packet);
});

scenario("websocket-fragments-make-one-message", async (stage) => {
  const frames = await stage.socket();
  frames.ws.send('42["ec', { fin: false });
  frames.ws.send('ho","å', { fin: false });
  frames.ws.ping("between");
  frames.ws.send('✓"]', { fin: true });
  assert.equal(await frames.next(), '42["echo","å✓"]');
});

scenario("websocket-ping-frames-are-answered", async (stage) => {
  const frames = await stage.socket();
  const pong = new Promise((resolve) => frames.ws.once("pong", resolve));
  frames.ws.ping("here");
  assert.equal((await pong).toString(), "here");
});

scenario("websocket-text-that-is-not-utf-8", async (stage) => {
  const frames = await stage.socket();
  frames.ws.send(Buffer.concat([Buffer.from('42["echo","'), Buffer.of(0xc3, 0x28), Buffer.from('"]')]), {
    binary: false,
  });
  assert.equal(await frames.closed(), 1007);
});

scenario("websocket-frame-that-is-not-masked", async (stage) => {
  const frames = await stage.socket();
  frames.ws.send('42["echo",1]', { mask: false });
  assert.equal(await frames.closed(), 1002);
});

scenario("websocket-deflate-is-off", async (stage) => {
  const frames = await stage.frames("main", { perMessageDeflate: true });
  assert.equal(frames.ws.extensions, "");
});

scenario("websocket-volatile", async (stage) => {
  const frames = await stage.socket();
  frames.send('42["volatile","here",1]');
  assert.equal(await frames.next(), '42["here",1]');
  assert.equal(await frames.next(), '42["after-volatile"]');
});

scenario("websocket-closed-while-others-live", async (stage) => {
  const [one, other] = [await stage.socket(), await stage.socket()];
  one.send("4abc");
  await one.closed();
  await other.assertAlive();
});
