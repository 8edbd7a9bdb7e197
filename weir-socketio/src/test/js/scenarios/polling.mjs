// Engine.IO by long polling.
import assert from "node:assert/strict";
import { SEPARATOR } from "../lib/protocol.mjs";
import { pause, scenario, until } from "../lib/scenario.mjs";

const BYTES = Buffer.of(1, 2, 3, 4);

async function joined(stage, server) {
  const session = await stage.polling(server);
  session.connection = await session.connect();
  return session;
}

scenario("polling-waits-for-a-packet", async (stage) => {
  const session = await joined(stage);
  let answered = false;
  const poll = session.get().then((answer) => {
    answered = true;
    return answer;
  });
  await pause(100);
  assert.equal(answered, false);
  await session.send('42["echo","now"]');
  assert.deepEqual(await poll, { status: 200, body: '42["echo","now"]' });
});

scenario("polling-several-packets-in-a-post", async (stage) => {
  const session = await joined(stage);
  await session.send('42["echo",1]', '42["echo","two"]', '42["echo",3]');
  assert.deepEqual(await session.packetsUpTo(3), ['42["echo",1]', '42["echo","two"]', '42["echo",3]']);
});

scenario("polling-several-packets-in-an-answer", async (stage) => {
  const session = await joined(stage);
  for (let n = 0; n < 5; n++) {
    await session.send(`42["echo",${n}]`);
  }
  await session.send('4277["ack"]');
  await pause(100);
  const { body } = await session.get();
  assert.equal(body, [0, 1, 2, 3, 4].map((n) => `42["echo",${n}]${SEPARATOR}`).join("") + "4377[]");
});

scenario("polling-separator-inside-a-message", async (stage) => {
  const session = await joined(stage);
  await session.send('42["echo","a\\u001eb"]');
  const [packet, ...more] = await session.packets();
  assert.deepEqual(JSON.parse(packet.slice(2)), ["echo", "a\x1eb"]);
  assert.deepEqual(more, []);
});

scenario("polling-binary-in-base64", async (stage) => {
  const session = await joined(stage);
  await session.send('451-["echo",{"_placeholder":true,"num":0}]', `b${BYTES.toString("base64")}`);
  assert.deepEqual(await session.packetsUpTo(2), [
    '451-["echo",{"_placeholder":true,"num":0}]',
    `b${BYTES.toString("base64")}`,
  ]);
});

scenario("polling-binary-of-every-length", async (stage) => {
  const session = await joined(stage);
  for (let length = 0; length < 6; length++) {
    const base64 = Buffer.alloc(length, 0xfb).toString("base64"); // with + and /, which are no word characters
    const packets = ['451-["echo",{"_placeholder":true,"num":0}]', `b${base64}`];
    await session.send(...packets);
    assert.deepEqual(await session.packetsUpTo(2), packets);
  }
});

scenario("polling-binary-packets-over-several-posts", async (stage) => {
  const session = await joined(stage);
  await session.send('452-["echo",{"_placeholder":true,"num":1},{"_placeholder":true,"num":0}]');
  await session.send("bAQ==");
  await session.send("bAg==");
  const [text, first, second] = await session.packetsUpTo(3);
  assert.match(text, /^452-\["echo",/);
  assert.deepEqual([first, second], ["bAg==", "bAQ=="], "numbered anew, in the order of the arguments");
});

scenario("polling-two-gets", async (stage) => {
  const session = await stage.polling();
  const first = session.get();
  await pause(30);
  const second = await session.get();
  assert.equal(second.status, 400);
  assert.deepEqual(await first, { status: 200, body: "1" });
  await session.assertGone();
});

scenario("polling-two-posts", async (stage) => {
  const session = await stage.polling();
  const slow = stalledPost(stage, session);
  // A pong does no harm, should it come before the other.
  await until(async () => (await session.post("3")).status === 400, "a second POST is refused");
  slow.abort();
  await session.assertGone();
});

/** A POST whose body does not end. */
function stalledPost(stage, session) {
  const abort = new AbortController();
  const body = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode("4")) });
  session.request({ method: "POST", body, duplex: "half", signal: abort.signal }).catch(() => {});
  stage.cleanUp(() => abort.abort());
  return abort;
}

scenario("polling-get-that-is-given-up", async (stage) => {
  const session = await stage.polling();
  const abort = new AbortController();
  const poll = session.get({ signal: abort.signal });
  await pause(30);
  abort.abort();
  await assert.rejects(poll);
  await pause(50);
  await session.assertGone();
});

scenario("polling-post-that-is-given-up", async (stage) => {
  const session = await stage.polling();
  const slow = stalledPost(stage, session);
  await pause(50);
  slow.abort();
  await pause(50);
  await session.assertGone();
});

scenario("polling-close-packet", async (stage) => {
  const session = await stage.polling();
  const poll = session.get();
  await pause(30);
  await session.send("1");
  const { status, body } = await poll;
  assert.equal(status, 200);
  assert.match(body, /^[16]$/);
  await session.assertGone();
});

scenario("polling-malformed-packet", async (stage) => {
  for (const packet of ["abc", "", "9", "7x", `42["echo",1]${SEPARATOR}x`]) {
    const session = await joined(stage);
    await session.post(packet).catch(() => {}); // answered with 200, 400 or a cut: the end of the session is the rule
    await pause(20);
    await session.assertGone();
  }
});

scenario("polling-malformed-base64", async (stage) => {
  const session = await joined(stage);
  await session.post('451-["echo",{"_placeholder":true,"num":0}]', "b!!!").catch(() => {});
  await pause(20);
  await session.assertGone();
}, { weirOnly: true }); // Node decodes what it can

const TOO_LONG = `42["echo","${"x".repeat(262_200)}"]`;

/** A server that answers before it has read all may close the connection under the client. */
const cut = () => ({ status: 413 });

scenario("polling-oversize-with-a-length", async (stage) => {
  const session = await joined(stage);
  const { status } = await session.post(TOO_LONG).catch(cut);
  assert.equal(status, 413);
});

scenario("polling-oversize-in-chunks", async (stage) => {
  const session = await joined(stage);
  const chunk = new Uint8Array(20_000).fill(120);
  let sent = 0;
  const body = new ReadableStream({
    pull: (controller) => (sent++ < 20 ? controller.enqueue(chunk) : controller.close()),
  });
  const { status } = await session.request({ method: "POST", body, duplex: "half" }).catch(cut);
  assert.equal(status, 413);
});

scenario("polling-oversize-ends-the-session", async (stage) => {
  const session = await joined(stage);
  await session.post(TOO_LONG).catch(cut);
  await session.assertGone();
}, { weirOnly: true }); // Node keeps it

scenario("polling-just-below-the-limit", async (stage) => {
  const session = await joined(stage);
  const text = "x".repeat(262_144 - '42["echo",""]'.length);
  await session.send(`42["echo","${text}"]`);
  assert.deepEqual(await session.packets(), [`42["echo","${text}"]`]);
});

scenario("polling-limit-counts-bytes", async (stage) => {
  const session = await joined(stage);
  const answer = await session.post(`42["echo","${"𝒳".repeat(70_000)}"]`).catch(cut);
  assert.equal(answer.status, 413);
});

scenario("polling-volatile-is-dropped-without-a-poll", async (stage) => {
  const session = await joined(stage);
  await session.send('42["volatile","gone",1]');
  await pause(50);
  assert.deepEqual(await session.packets(), ['42["after-volatile"]']);
});

scenario("polling-volatile-arrives-at-a-poll", async (stage) => {
  const session = await joined(stage);
  const poll = session.packets();
  await pause(30);
  await session.send('42["volatile","here",1]');
  const packets = await poll;
  assert.equal(packets[0], '42["here",1]');
});

scenario("polling-answers-are-not-cached", async (stage) => {
  const session = await joined(stage);
  await session.send('42["echo",1]');
  const response = await session.request();
  await response.text();
  assert.equal(response.headers.get("cache-control"), "no-store");
});
