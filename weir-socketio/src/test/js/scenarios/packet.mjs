// Socket.IO's packets, good and bad, by hand.
import assert from "node:assert/strict";
import { pause, scenario } from "../lib/scenario.mjs";

/** Each of the packets, sent by a connected client, ends its connection. */
function closes(name, packets, options) {
  scenario(name, async (stage) => {
    for (const packet of packets) {
      const frames = await stage.socket();
      frames.send(...[packet].flat());
      await frames.closed().catch((open) => {
        throw new Error(`${JSON.stringify(packet)}: ${open.message}`);
      });
      assert.deepEqual(frames.unread, [], JSON.stringify(packet));
    }
  }, options);
}

scenario("connect-reply", async (stage) => {
  const frames = await stage.websocket();
  const reply = await frames.connect();
  assert.deepEqual(Object.keys(reply), ["sid"]);
  assert.notEqual(reply.sid, frames.handshake.sid, "the Engine.IO sid is a secret");
});

scenario("connect-to-several-namespaces", async (stage) => {
  const frames = await stage.websocket();
  const replies = [];
  for (const namespace of ["/", "/custom", "/room-1", "/room-2"]) {
    replies.push(await frames.connect(namespace));
    await frames.assertAlive(namespace);
  }
  assert.equal(new Set(replies.map(({ sid }) => sid)).size, 4);
});

scenario("connect-to-a-namespace-without-a-comma", async (stage) => {
  const frames = await stage.websocket();
  frames.send("40/custom");
  assert.match(await frames.next(), /^40\/custom,\{"sid":"[^"]+"\}$/);
});

scenario("connect-with-auth", async (stage) => {
  const frames = await stage.websocket();
  await frames.connect("/", { token: "a", nested: [1, null] });
  frames.send('421["whoami"]');
  const [{ auth }] = JSON.parse((await frames.next()).slice(3));
  assert.deepEqual(auth, { token: "a", nested: [1, null] });
});

scenario("connect-refused", async (stage) => {
  const frames = await stage.websocket();
  frames.send("40/unknown,");
  assert.equal(await frames.next(), '44/unknown,{"message":"Invalid namespace"}');
  frames.send('40/auth,{"token":"wrong"}');
  const refusal = await frames.next();
  assert.match(refusal, /^44\/auth,/);
  assert.deepEqual(JSON.parse(refusal.slice("44/auth,".length)), {
    message: "not authorized",
    data: { code: 401, hint: "token" },
  });
  await frames.connect();
  await frames.assertAlive();
});

scenario("connect-with-a-bad-payload", async (stage) => {
  for (const packet of ["40abc", "40[]", '40"token"', "40{", '40/custom,["x"]']) {
    const frames = await stage.websocket();
    frames.send(packet);
    await frames.closed();
    assert.deepEqual(frames.unread, [], packet);
  }
});

scenario("connect-twice-to-a-namespace", async (stage) => {
  const [frames, other] = [await stage.socket(), await stage.socket()];
  frames.send("40");
  other.send('421["send",{},"said",1]');
  assert.equal(await other.next(), "431[true]");
  await pause(50);
  const heard = frames.unread.filter((packet) => packet === '42["said",1]');
  assert.ok(heard.length <= 1, "one connection has one socket in a namespace");
}, { weirOnly: true }); // Node makes a second socket

scenario("connect-never-sent", async (stage) => {
  const frames = await stage.websocket("short");
  const pong = setInterval(() => frames.ws.readyState === 1 && frames.send("3"), 100);
  stage.cleanUp(() => clearInterval(pong));
  await frames.closed(1_500);
});

scenario("connect-never-sent-by-polling", async (stage) => {
  const session = await stage.polling("short");
  const stop = Date.now() + 2_000;
  for (let status = 200; status === 200; ) {
    assert.ok(Date.now() < stop, "the session outlived the connect timeout");
    const answer = await session.get();
    status = answer.status;
    if (answer.body === "2") {
      await session.post("3");
    }
  }
  await session.assertGone();
});

scenario("event-before-connect", async (stage) => {
  for (const packet of ['42["echo",1]', '42/custom,["echo",1]', "43[]", "41"]) {
    const frames = await stage.websocket();
    frames.send(packet);
    await frames.closed();
    assert.deepEqual(frames.unread, [], packet);
  }
});

scenario("event-before-the-connect-reply", async (stage) => {
  const frames = await stage.websocket();
  frames.send("40/slow,", '42/slow,["echo",1]');
  await frames.closed();
  assert.deepEqual(frames.unread, []);
});

scenario("event-to-a-namespace-not-connected", async (stage) => {
  const frames = await stage.socket();
  frames.send('42/custom,["echo",1]');
  await frames.closed();
});

closes("packet-of-an-unknown-type", ["47", '49["echo"]', "4abc", "4-1", "4 2[]"]);
closes("packet-connect-error-from-a-client", ['44{"message":"x"}'], { weirOnly: true }); // Node takes it for an error event
closes("event-that-is-not-an-array", ["42{}", '42"echo"', "42true", "42null", '42{"0":"echo"}']);
closes("event-that-is-empty", ["42[]"]);
closes("event-without-a-payload", ["42", "4212", "42/custom,"], { weirOnly: true }); // Node hands on an event without a name
closes("event-whose-name-is-no-name", ["42[{}]", "42[null]", "42[true]", '42[["echo"]]']);
closes("event-with-a-reserved-name", ["connect", "connect_error", "disconnect", "disconnecting"].map((name) => `42["${name}"]`));
closes("event-that-is-no-json", ['42["echo"', '42["echo",]', "42['echo']", '42["echo"]]', '42["echo"] x', "42[NaN]"]);
closes("ack-id-that-is-none", ['42abc["ack"]', '42-1["ack"]', '421.5["ack"]', '421e3["ack"]', '42 1["ack"]x']);
closes("ack-that-is-not-an-array", ["431{}", '431"x"', "431null"]);
closes("disconnect-with-a-payload", ['41{"a":1}', "41[]"]);

scenario("ack", async (stage) => {
  const frames = await stage.socket();
  for (const id of [0, 1, 456, 2_147_483_648, Number.MAX_SAFE_INTEGER]) {
    frames.send(`42${id}["ack",1,"2",{"3":[false]}]`);
    assert.equal(await frames.next(), `43${id}[1,"2",{"3":[false]}]`);
  }
});

scenario("ack-in-a-namespace", async (stage) => {
  const frames = await stage.socket("main", { namespace: "/custom" });
  frames.send('42/custom,12["ack","x"]');
  assert.equal(await frames.next(), '43/custom,12["x"]');
});

scenario("ack-to-the-server", async (stage) => {
  const frames = await stage.socket();
  frames.send('42["ask",2000,"?"]');
  const question = await frames.next();
  const [, id] = /^42(\d+)\["question","\?"\]$/.exec(question);
  frames.send(`43${id}["!",{"a":1}]`);
  assert.deepEqual(JSON.parse((await frames.next()).slice(2)), ["answer", { ok: true, values: ["!", { a: 1 }] }]);
  frames.send(`43${id}["again"]`);
  await frames.assertAlive();
});

scenario("ack-that-nobody-waits-for", async (stage) => {
  const frames = await stage.socket();
  frames.send("43999[]", '430["x"]', "43123456789012[]");
  await frames.assertAlive();
});

scenario("ack-ids-of-the-server-are-apart", async (stage) => {
  const [one, other] = [await stage.socket(), await stage.socket()];
  one.send('42["ask",2000]');
  const [, id] = /^42(\d+)\["question"\]$/.exec(await one.next());
  other.send(`43${id}["stolen"]`);
  await other.assertAlive();
  one.send(`43${id}["mine"]`);
  assert.deepEqual(JSON.parse((await one.next()).slice(2)), ["answer", { ok: true, values: ["mine"] }]);
});

scenario("event-that-nobody-handles", async (stage) => {
  const frames = await stage.socket();
  frames.send('42["no-such-event",1]', '4299["no-such-event-with-ack"]');
  await frames.assertAlive();
});

scenario("disconnect-from-one-namespace", async (stage) => {
  const frames = await stage.socket();
  await frames.connect("/custom");
  frames.send("41/custom,");
  await frames.assertAlive();
  const { sid } = await frames.connect("/custom");
  assert.ok(sid);
  await frames.assertAlive("/custom");
});

scenario("disconnect-by-the-server", async (stage) => {
  const frames = await stage.socket();
  await frames.connect("/custom");
  frames.send('42/custom,["disconnect-me",false]');
  assert.equal(await frames.next(), "41/custom,");
  await frames.assertAlive();
  frames.send('42["disconnect-me",true]');
  assert.equal(await frames.next(), "41");
  await frames.closed();
});

scenario("disconnect-by-the-server-while-polling", async (stage) => {
  const session = await stage.polling();
  await session.connect();
  await session.send('42["disconnect-me",true]');
  await pause(30);
  const packets = await session.packets();
  assert.equal(packets[0], "41");
  await pause(30);
  if (packets.length === 1) {
    await session.get();
  }
  await session.assertGone();
});

scenario("event-with-half-a-surrogate-pair", async (stage) => {
  const frames = await stage.socket();
  frames.send('421["ack","\\ud83d"]');
  assert.match(await frames.next(), /^431\[".*"\]$/);
  await frames.assertAlive();
});

scenario("binary-before-connect", async (stage) => {
  const frames = await stage.websocket();
  frames.send(Buffer.of(1));
  await frames.closed();
  assert.deepEqual(frames.unread, []);
});

scenario("event-names-from-the-prototype", async (stage) => {
  const frames = await stage.socket();
  frames.send('42["__proto__",{"a":1}]', '42["toString"]', '42["echo",{"__proto__":{"x":1},"constructor":2}]');
  assert.match(await frames.next(), /^42\["echo",\{/);
});
