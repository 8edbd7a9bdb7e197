// Clients that do not take what the server has for them.
import assert from "node:assert/strict";
import { underAttack } from "../lib/attack.mjs";
import { ask, pause, scenario, until } from "../lib/scenario.mjs";

const bounded = { weirOnly: true, limit: 60_000 };
const LOTS = 40;
const LOT = 500;
const TOTAL = LOTS * LOT;
const SIZE = 1_000;

/** A member of a room that reads, answers pings, and keeps the numbers of the events `flood`. */
async function reader(stage, room) {
  const frames = await stage.socket("slow");
  frames.send(`421["join","${room}"]`);
  assert.equal(await frames.next(), "431[true]");
  frames.numbers = [];
  frames.ws.on("message", (data) => {
    const packet = data.toString();
    if (packet === "2") {
      frames.ws.send("3");
    } else if (packet.startsWith('42["flood"')) {
      const [, number, text] = JSON.parse(packet.slice(2));
      assert.equal(text.length, SIZE);
      frames.numbers.push(number);
    }
  });
  return frames;
}

/** One that stops reading; it may go on answering pings, which it does not see. */
async function sleeper(stage, room, { pongs }) {
  const frames = await reader(stage, room);
  frames.ws.pause();
  if (pongs) {
    const timer = setInterval(() => frames.ws.readyState === 1 && frames.ws.send("3"), 250);
    stage.cleanUp(() => clearInterval(timer));
  }
  return frames;
}

/** One that reads a little now and then: too little to keep up, enough not to be taken for dead. */
async function dawdler(stage, room) {
  const frames = await reader(stage, room);
  frames.ws.pause();
  frames.ws.on("message", () => frames.timer && frames.ws.pause());
  frames.timer = setInterval(() => frames.ws.resume(), 100);
  stage.cleanUp(() => clearInterval(frames.timer));
  return frames;
}

/** Broadcasts the whole flood, no faster than the healthy reader reads, which gets it all, but what a later one replaced. */
async function flood(stage, room, healthy, options = {}) {
  const driver = await stage.connected("slow", { transports: ["websocket"] });
  for (let lot = 0; lot < LOTS; lot++) {
    await ask(driver, "burst", { room, count: LOT, size: SIZE, from: lot * LOT, ...options }, "flood");
    await until(() => healthy.numbers.at(-1) === (lot + 1) * LOT - 1, "the healthy reader has the last", 10_000);
  }
  if (options.policy !== "latest") {
    assert.deepEqual(healthy.numbers, Array.from({ length: TOTAL }, (_, n) => n));
  }
  return driver;
}

function assertRising(numbers) {
  assert.ok(numbers.length > 0 && numbers.length < TOTAL, `${numbers.length} events`);
  assert.ok(numbers.every((number, n) => n === 0 || number > numbers[n - 1]), "in order, none twice");
}

/** Reads on. */
async function wake(frames, done) {
  clearInterval(frames.timer);
  frames.timer = undefined;
  frames.ws.resume();
  await until(done, "what was queued is read", 15_000);
}

const newest = (frames) => frames.numbers.at(-1) === TOTAL - 1;

scenario("hostile-slow-readers-are-closed", (stage) => underAttack(stage, async () => {
  const healthy = await reader(stage, "closing");
  for (let n = 0; n < 10; n++) {
    await sleeper(stage, "closing", { pongs: n % 2 === 0 });
  }
  const driver = await flood(stage, "closing", healthy);
  await until(async () => (await ask(driver, "fetch", "closing")).length === 1, "only the healthy reader is left", 15_000);
}, { mebibytes: 40 }), bounded);

scenario("hostile-slow-reader-by-polling", (stage) => underAttack(stage, async (witness) => {
  const healthy = await reader(stage, "polled");
  const session = await stage.polling("slow");
  await session.connect();
  await session.send('42["join","polled"]');
  await flood(stage, "polled", healthy);
  await pause(6_000);
  await session.assertGone();
  assert.ok(witness.connected);
}, { mebibytes: 24 }), bounded);

scenario("hostile-slow-reader-drop-oldest", (stage) => underAttack(stage, async () => {
  const [healthy, slow] = [await reader(stage, "oldest"), await dawdler(stage, "oldest")];
  await flood(stage, "oldest", healthy, { policy: "drop-oldest" });
  await wake(slow, () => newest(slow));
  assertRising(slow.numbers);
}, { mebibytes: 24 }), bounded);

scenario("hostile-slow-reader-drop-newest", (stage) => underAttack(stage, async () => {
  const [healthy, slow] = [await reader(stage, "newest"), await dawdler(stage, "newest")];
  const driver = await flood(stage, "newest", healthy, { policy: "drop-newest" });
  await wake(slow, async () => {
    await ask(driver, "burst", { room: "newest", count: 1, size: SIZE, from: TOTAL, policy: "drop-newest" }, "flood");
    await pause(50);
    return slow.numbers.at(-1) === TOTAL;
  });
  const queued = slow.numbers.filter((number) => number < TOTAL);
  assertRising(queued);
  assert.deepEqual(queued.slice(0, 500), Array.from({ length: 500 }, (_, n) => n), "what was there first is kept");
}, { mebibytes: 24 }), bounded);

scenario("hostile-slow-reader-keeps-the-latest", (stage) => underAttack(stage, async () => {
  const [healthy, slow] = [await reader(stage, "latest"), await dawdler(stage, "latest")];
  await flood(stage, "latest", healthy, { policy: "latest", key: "price" });
  await wake(slow, () => newest(slow));
  assertRising(slow.numbers);
}, { mebibytes: 24 }), bounded);

scenario("hostile-burst-to-a-healthy-reader", async (stage) => {
  const healthy = await reader(stage, "burst");
  const driver = await stage.connected("slow", { transports: ["websocket"] });
  await ask(driver, "burst", { room: "burst", count: 3_000, size: SIZE, from: 0 }, "flood");
  await until(() => healthy.numbers.length === 3_000, "3 MB at once do not close who reads", 10_000);
}, bounded);

scenario("hostile-waves-leave-nothing-behind", async (stage) => {
  const witness = await stage.connected("main", { transports: ["websocket"] });
  const clients = async () => (await ask(witness, "stats")).clients;
  // Sessions that other scenarios gave up without a word stay until their time is over.
  const others = await clients();
  const wave = async () => {
    const sockets = await Promise.all(Array.from({ length: 250 }, () => stage.socket()));
    for (const [n, frames] of sockets.entries()) {
      for (let room = 0; room < 10; room++) {
        frames.send(`42${room}["join","wave-${n}-${room}"]`);
      }
    }
    await Promise.all(
      sockets.map(async (frames) => {
        for (let room = 0; room < 10; room++) {
          assert.equal(await frames.next(10_000), `43${room}[true]`);
        }
      }),
    );
    sockets.forEach((frames, n) => (n % 2 ? frames.cut() : frames.ws.close()));
    await until(async () => (await clients()) <= others, "the wave is gone", 10_000);
    return (await ask(witness, "stats")).memory;
  };
  const first = await wave();
  await wave();
  await wave();
  const grown = (await wave()) - first;
  assert.ok(grown < 4 * 1024 * 1024, `${grown} bytes more after three more waves`);
}, bounded);
