// Connection state recovery, packet by packet.
import assert from "node:assert/strict";
import { pause, scenario } from "../lib/scenario.mjs";

/** Connects and takes part in the room; answers pings for as long as `frames.answers`. */
async function member(stage, room, auth) {
  const frames = await stage.websocket("recovery");
  frames.answers = true;
  const next = frames.next.bind(frames);
  frames.next = async (...args) => {
    for (;;) {
      const message = await next(...args);
      if (message !== "2") {
        return message;
      }
      if (frames.answers) {
        frames.send("3");
      }
    }
  };
  frames.connection = await enter(frames, auth);
  if (room) {
    frames.send(`421["join","${room}"]`);
    assert.equal(await frames.next(), "431[true]");
  }
  return frames;
}

/** Enters the root namespace. What was missed may arrive before the reply or after it: the clients take both. */
async function enter(frames, auth) {
  const early = [];
  const { next } = frames;
  frames.send(`40${auth ? JSON.stringify(auth) : ""}`);
  let message = await next();
  for (; typeof message !== "string" || !message.startsWith("40"); message = await next()) {
    early.push(message);
  }
  frames.next = async (...args) => (early.length > 0 ? early.shift() : next(...args));
  return JSON.parse(message.slice(2));
}

async function broadcast(sender, room, value) {
  sender.send(`429["send",{"to":["${room}"]},"news",${JSON.stringify(value)}]`);
  assert.equal(await sender.next(), "439[true]");
}

/** The value and the offset of an event `news`. */
function news(packet) {
  const [event, value, offset] = JSON.parse(packet.slice(2));
  assert.equal(event, "news");
  assert.equal(typeof offset, "string", `an offset in ${packet}`);
  return { value, offset };
}

scenario("recovery-reply-has-a-private-id", async (stage) => {
  const { connection, handshake } = await member(stage);
  assert.deepEqual(Object.keys(connection).sort(), ["pid", "sid"]);
  assert.equal(new Set([connection.pid, connection.sid, handshake.sid]).size, 3);
});

scenario("recovery-offsets", async (stage) => {
  const frames = await member(stage, "o1");
  frames.send('42["echo","x"]');
  const [event, value, offset] = JSON.parse((await frames.next()).slice(2));
  assert.deepEqual([event, value, typeof offset], ["echo", "x", "string"]);
  frames.send('42["ask",1000,"x"]');
  assert.match(await frames.next(), /^42\d+\["question","x"\]$/, "none where an ack is wanted");
  frames.send('42["volatile","v",1]');
  assert.equal(await frames.next(), '42["v",1]', "none in what is volatile");
});

scenario("recovery-restores-what-was-missed", async (stage) => {
  const [frames, sender] = [await member(stage, "p1"), await member(stage)];
  await broadcast(sender, "p1", "seen");
  const { offset } = news(await frames.next());
  frames.cut();
  await pause(50);
  await broadcast(sender, "p1", "missed 1");
  await broadcast(sender, "p1", "missed 2");
  const { pid, sid } = frames.connection;
  const back = await member(stage, undefined, { pid, offset });
  assert.deepEqual(back.connection, { sid, pid });
  const missed = [news(await back.next()), news(await back.next())];
  assert.deepEqual(missed.map(({ value }) => value), ["missed 1", "missed 2"]);
  await broadcast(sender, "p1", "live");
  assert.equal(news(await back.next()).value, "live");
});

scenario("recovery-from-an-older-offset", async (stage) => {
  const [frames, sender] = [await member(stage, "p2"), await member(stage)];
  const offsets = [];
  for (const value of [0, 1, 2, 3]) {
    await broadcast(sender, "p2", value);
    offsets.push(news(await frames.next()).offset);
  }
  frames.cut();
  await pause(50);
  const back = await member(stage, undefined, { pid: frames.connection.pid, offset: offsets[1] });
  assert.deepEqual([news(await back.next()), news(await back.next())], [
    { value: 2, offset: offsets[2] },
    { value: 3, offset: offsets[3] },
  ]);
});

scenario("recovery-after-a-ping-timeout", async (stage) => {
  const [frames, sender] = [await member(stage, "p3"), await member(stage)];
  await broadcast(sender, "p3", "seen");
  const { offset } = news(await frames.next());
  frames.answers = false;
  const keep = setInterval(() => sender.send("3"), 100);
  stage.cleanUp(() => clearInterval(keep));
  await frames.closed(2_000);
  await broadcast(sender, "p3", "missed");
  const back = await member(stage, undefined, { pid: frames.connection.pid, offset });
  assert.equal(back.connection.sid, frames.connection.sid);
  assert.equal(news(await back.next()).value, "missed");
});

scenario("recovery-once-only", async (stage) => {
  const frames = await member(stage, "p4");
  frames.send('42["echo","x"]');
  const [, , offset] = JSON.parse((await frames.next()).slice(2));
  frames.cut();
  await pause(50);
  const auth = { pid: frames.connection.pid, offset };
  const first = await member(stage, undefined, auth);
  const second = await member(stage, undefined, auth);
  assert.equal(first.connection.sid, frames.connection.sid);
  assert.notEqual(second.connection.sid, frames.connection.sid, "a state is given to one");
}, { weirOnly: true }); // Node gives it to all who ask

scenario("recovery-of-a-living-connection", async (stage) => {
  const frames = await member(stage, "p5");
  frames.send('42["echo","x"]');
  const [, , offset] = JSON.parse((await frames.next()).slice(2));
  const thief = await member(stage, undefined, { pid: frames.connection.pid, offset });
  assert.notEqual(thief.connection.sid, frames.connection.sid);
  frames.send('427["ack","mine"]');
  assert.equal(await frames.next(), '437["mine"]');
});

scenario("recovery-with-wrong-claims", async (stage) => {
  const frames = await member(stage, "p6");
  frames.send('42["echo","x"]');
  const [, , offset] = JSON.parse((await frames.next()).slice(2));
  frames.cut();
  await pause(50);
  const { pid, sid } = frames.connection;
  for (const auth of [{ pid: "unknown", offset }, { pid: sid, offset }, { pid: 1, offset }, { pid, offset: {} }, { offset }]) {
    const fresh = await member(stage, undefined, auth);
    assert.notEqual(fresh.connection.sid, sid, JSON.stringify(auth));
    fresh.send('427["ack","in"]');
    assert.equal(await fresh.next(), '437["in"]');
  }
});

scenario("recovery-not-after-a-disconnect-packet", async (stage) => {
  const frames = await member(stage, "p7");
  frames.send('42["echo","x"]');
  const [, , offset] = JSON.parse((await frames.next()).slice(2));
  frames.send("41");
  frames.ws.close();
  await frames.closed();
  const fresh = await member(stage, undefined, { pid: frames.connection.pid, offset });
  assert.notEqual(fresh.connection.sid, frames.connection.sid);
});

scenario("recovery-with-binary", async (stage) => {
  const [frames, sender] = [await member(stage, "p8"), await member(stage)];
  await broadcast(sender, "p8", "seen");
  const { offset } = news(await frames.next());
  frames.cut();
  await pause(50);
  sender.send('451-9["send",{"to":["p8"]},"news",{"_placeholder":true,"num":0}]', Buffer.of(1, 2));
  assert.equal(await sender.next(), "439[true]");
  const back = await member(stage, undefined, { pid: frames.connection.pid, offset });
  assert.match(await back.next(), /^451-\["news",\{"_placeholder":true,"num":0\},"[^"]+"\]$/);
  assert.deepEqual(await back.next(), Buffer.of(1, 2));
});
