// Clients that send what no client should. All of it must be refused or closed by rule, and nobody else may notice.
import assert from "node:assert/strict";
import { repeatWhile, underAttack, Wire } from "../lib/attack.mjs";
import { SOCKET_IO_PATH } from "../lib/protocol.mjs";
import { pause, scenario, until } from "../lib/scenario.mjs";

const bounded = { weirOnly: true, limit: 30_000 };
const PER_ADDRESS = 20;
const PER_CONNECTION = 20;
const MIB = 1024 * 1024;
const place = (num) => `{"_placeholder":true,"num":${num}}`;

/** Opens so many WebSockets at once: those that were let in, and the statuses of those that were not. */
async function flood(stage, count) {
  const open = [];
  const refused = [];
  await Promise.all(
    Array.from({ length: count }, (_, n) =>
      stage.frames("limits", { headers: { "x-forwarded-for": `10.1.2.${n}` } }).then(
        (frames) => open.push(frames),
        ({ status, message }) => refused.push(status ?? message),
      ),
    ),
  );
  return { open, refused };
}

async function emptied(stage) {
  await until(async () => {
    const { open } = await flood(stage, PER_ADDRESS);
    open.forEach((frames) => frames.cut());
    return open.length === PER_ADDRESS;
  }, "the address may connect again", 10_000);
}

scenario("hostile-flood-from-one-address", (stage) => underAttack(stage, async () => {
  await emptied(stage);
  await pause(200);
  const { open, refused } = await flood(stage, 3 * PER_ADDRESS);
  assert.equal(open.length, PER_ADDRESS);
  assert.deepEqual(refused, Array(2 * PER_ADDRESS).fill(429));
  const response = await fetch(`${stage.url("limits")}${SOCKET_IO_PATH}?EIO=4&transport=polling`);
  assert.equal(response.status, 429);
  await response.text();
  open.slice(0, 5).forEach((frames) => frames.cut());
  let again = 0;
  await until(async () => (again += (await flood(stage, 5 - again)).open.length) === 5, "five places free again");
  assert.deepEqual((await flood(stage, 1)).refused, [429], "and no more than five");
}), bounded);

scenario("hostile-handshakes-without-a-connect", (stage) => underAttack(stage, async () => {
  await emptied(stage);
  await pause(200);
  const statuses = await Promise.all(
    Array.from({ length: 60 }, async () => {
      const response = await fetch(`${stage.url("limits")}${SOCKET_IO_PATH}?EIO=4&transport=polling`);
      await response.text();
      return response.status;
    }),
  );
  assert.ok(statuses.includes(429), "sessions by polling count, too");
  assert.ok(statuses.filter((status) => status === 200).length <= PER_ADDRESS);
  await emptied(stage);
}), bounded);

scenario("hostile-slow-request-heads", (stage) => underAttack(stage, async () => {
  const head = `GET ${SOCKET_IO_PATH}?EIO=4&transport=polling HTTP/1.1\r\nhost: a\r\nx-slow: ${"s".repeat(1_000)}`;
  const wires = Array.from({ length: 10 }, () => new Wire(stage, "limits"));
  const writing = Promise.all(wires.slice(5).map((wire) => repeatWhile(() => wire.open, 60, (n) => wire.write(head[n]), 100)));
  await Promise.all(wires.map((wire, n) => wire.closed(5_000, n < 5 ? "a silent connection" : "a byte at a time")));
  await writing;
}), bounded);

scenario("hostile-slow-post", (stage) => underAttack(stage, async () => {
  const session = await stage.polling("limits");
  const wire = new Wire(stage, "limits");
  await wire.write(`POST ${SOCKET_IO_PATH}?${session.query} HTTP/1.1\r\nhost: a\r\ncontent-length: 5000\r\n\r\n`);
  const sent = repeatWhile(() => wire.open, 100, () => wire.write("4"), 100);
  await wire.closed(8_000, "a body of a byte at a time");
  await sent;
  await session.assertGone();
}), bounded);

scenario("hostile-long-request-heads", (stage) => underAttack(stage, async () => {
  for (const start of ["GET /", `GET ${SOCKET_IO_PATH}?EIO=4&transport=polling HTTP/1.1\r\nx-long: `]) {
    const wire = new Wire(stage, "main");
    await wire.write(start);
    const chunks = await repeatWhile(() => wire.open && !wire.received, 500, () => wire.write("x".repeat(10_000)));
    assert.ok(chunks < 500, "the server took 5 MB of it");
    await wire.closed(5_000, "a head without end");
    assert.ok(wire.received === "" || /^HTTP\/1\.1 4\d\d/.test(wire.received), wire.received.slice(0, 80));
  }
}), bounded);

scenario("hostile-many-headers", (stage) => underAttack(stage, async () => {
  const wire = new Wire(stage, "main");
  await wire.write(`GET ${SOCKET_IO_PATH}?EIO=4&transport=polling HTTP/1.1\r\nhost: a\r\n`);
  const count = await repeatWhile(() => wire.open && !wire.received, 200_000, (n) => wire.write(`x-${n}: ${n}\r\n`));
  assert.ok(count < 200_000, "the server took 200,000 headers");
}), bounded);

scenario("hostile-garbage", (stage) => underAttack(stage, async () => {
  const tls = Buffer.from("1603010200010001fc0303", "hex");
  for (const start of [tls, Buffer.alloc(3_000, 0xff), "\r\n\r\n\r\n\r\n", "GET\r\n\r\n", "HELO weir\r\n\r\n", "GET / HTTP/9.9\r\n\r\n"]) {
    const wire = new Wire(stage, "limits");
    await wire.write(start);
    await until(() => !wire.open || /^HTTP\/1\.[01] [45]\d\d/.test(wire.received), `an end of ${start}`, 5_000);
  }
}), bounded);

for (const [name, head] of [
  ["with-a-length", "content-length: 1073741824\r\n"],
  ["in-chunks", "transfer-encoding: chunked\r\n"],
]) {
  scenario(`hostile-gigabyte-post-${name}`, (stage) => underAttack(stage, async () => {
    const session = await stage.polling();
    await session.connect();
    const wire = new Wire(stage, "main");
    await wire.write(`POST ${SOCKET_IO_PATH}?${session.query} HTTP/1.1\r\nhost: a\r\n${head}\r\n`);
    const chunk = "x".repeat(65_536);
    const data = head.startsWith("t") ? `10000\r\n${chunk}\r\n` : chunk;
    const chunks = await repeatWhile(() => wire.open, 16_384, () => wire.write(data));
    assert.ok(chunks < 1_024, `the server took ${Math.round((chunks * 65_536) / MIB)} MiB before it cut`);
    assert.ok(wire.received === "" || wire.received.startsWith("HTTP/1.1 413"), wire.received.slice(0, 80));
    await session.assertGone();
  }), bounded);
}

scenario("hostile-fragments-without-end", (stage) => underAttack(stage, async () => {
  const frames = await stage.socket("limits");
  const sent = await repeatWhile(
    () => frames.ws.readyState === 1,
    1_000,
    () => new Promise((done) => frames.ws.send("x".repeat(1_000), { fin: false }, done)),
    1,
  );
  assert.equal(await frames.closed(), 1009);
  assert.ok(sent < 1_000);
}), bounded);

scenario("hostile-empty-fragments-without-end", (stage) => underAttack(stage, async () => {
  const frames = await stage.socket("limits");
  const closed = frames.closed(8_000);
  await repeatWhile(
    () => frames.ws.readyState === 1,
    100_000,
    () => new Promise((done) => frames.ws.send("", { fin: false }, done)),
  );
  await closed;
}), bounded);

scenario("hostile-attachment-bomb", (stage) => underAttack(stage, async () => {
  const frames = await stage.socket("limits");
  const ten = Array.from({ length: 10 }, (_, n) => place(n)).join(",");
  frames.send(`4510-["silent",${ten}]`, ...Array(9).fill(Buffer.alloc(9_000)));
  await frames.closed();
}), bounded);

scenario("hostile-attachments-below-the-sum", async (stage) => {
  const frames = await stage.socket("limits");
  const four = Array.from({ length: 4 }, (_, n) => place(n)).join(",");
  frames.send(`454-["silent",${four}]`, ...Array(4).fill(Buffer.alloc(9_000)));
  await frames.assertAlive();
}, bounded);

scenario("hostile-attachments-that-are-kept-back", (stage) => underAttack(stage, async () => {
  const ten = Array.from({ length: 10 }, (_, n) => place(n)).join(",");
  for (let n = 0; n < 50; n++) {
    const frames = await stage.socket();
    frames.send(`4510-["silent",${ten}]`, ...Array(9).fill(Buffer.alloc(250_000)));
    await until(() => frames.ws.bufferedAmount === 0 || frames.ws.readyState !== 1, "all sent");
  }
}, { mebibytes: 64 }), bounded);

scenario("hostile-one-attachment-in-thousands-of-places", (stage) => underAttack(stage, async () => {
  const frames = await stage.socket();
  let bytes = 0;
  frames.ws.on("message", (data) => (bytes += data.length));
  frames.send(`451-["echo",${Array(7_000).fill(place(0)).join(",")}]`, Buffer.alloc(20_000));
  await pause(1_000);
  assert.ok(bytes < MIB, `${bytes} bytes came back for 240,000`);
}), bounded);

scenario("hostile-deep-json", (stage) => underAttack(stage, async () => {
  const deep = (n) => "[".repeat(n) + "]".repeat(n);
  const objects = (n) => `${'{"a":'.repeat(n)}1${"}".repeat(n)}`;
  const packets = [`42["echo",${deep(120_000)}]`, `421["ack",${objects(40_000)}]`, `42["echo",${"[".repeat(250_000)}`];
  for (const packet of packets) {
    const frames = await stage.socket();
    frames.send(packet);
    await until(() => frames.ws.readyState !== 1 || frames.unread.length > 0, "an end or an answer");
  }
  const frames = await stage.websocket();
  frames.send(`40{"a":${deep(120_000)}}`);
  await until(() => frames.ws.readyState !== 1 || frames.unread.length > 0, "an end or an answer");
}), bounded);

scenario("hostile-huge-numbers", (stage) => underAttack(stage, async () => {
  for (const number of ["1e1000000000", "-1e-1000000000", "9".repeat(250_000), `0.${"1".repeat(250_000)}`, "1e400"]) {
    const frames = await stage.socket();
    frames.send(`427["ack",${number}]`);
    await until(() => frames.ws.readyState !== 1 || frames.unread.length > 0, `an end or an answer to ${number.slice(0, 20)}`);
  }
}), bounded);

scenario("hostile-many-keys", (stage) => underAttack(stage, async () => {
  const frames = await stage.socket();
  const keys = Array.from({ length: 20_000 }, (_, n) => `"${n.toString(36)}":0`).join(",");
  for (let n = 0; n < 20; n++) {
    frames.send(`42["silent",{${keys}}]`);
  }
  await until(() => frames.ws.bufferedAmount === 0 || frames.ws.readyState !== 1, "all sent");
}), bounded);

scenario("hostile-packets-a-second", (stage) => underAttack(stage, async () => {
  const [frames, polite] = [await stage.socket("limits"), await stage.socket("limits")];
  polite.answerPings();
  const sent = await repeatWhile(() => frames.ws.readyState === 1, 20_000, () => frames.send('42["silent"]'));
  assert.ok(sent < 20_000 || (await frames.closed(2_000)));
  await repeatWhile(() => true, 50, () => polite.assertAlive(), 10);
}), bounded);

scenario("hostile-namespaces", (stage) => underAttack(stage, async () => {
  const frames = await stage.socket("limits");
  let connected = 1;
  frames.ws.on("message", (data) => (connected += data.toString().startsWith("40/") ? 1 : 0));
  await repeatWhile(() => frames.ws.readyState === 1, 100, (n) => frames.send(`40/room-${n},`), 10);
  await pause(200);
  assert.ok(connected <= PER_CONNECTION, `in ${connected} namespaces`);
}), bounded);

/** Pseudo-random numbers, the same in every run. */
function dice(seed) {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % sides;
  };
}

scenario("hostile-mutated-packets", (stage) => underAttack(stage, async () => {
  const roll = dice(20_261_124);
  const recorded = [
    '42["echo",1,"two",{"three":[4]}]',
    '42/custom,17["ack",null]',
    "40/room-12,",
    '40{"token":"a"}',
    "41/custom,",
    `452-["echo",${place(0)},{"a":${place(1)}}]`,
    `461-3[${place(0)}]`,
    '431["x"]',
    "3",
    "2probe",
  ];
  for (let n = 0; n < 400; n++) {
    const frames = await stage.socket();
    const packet = Buffer.from(recorded[roll(recorded.length)]);
    for (let changes = 1 + roll(3); changes > 0; changes--) {
      packet[roll(packet.length)] = roll(128);
    }
    frames.send(packet.subarray(0, roll(4) === 0 ? roll(packet.length) : packet.length).toString("latin1"));
    if (roll(3) === 0) {
      frames.send(Buffer.alloc(roll(50)));
    }
    frames.ws.close();
  }
}), { weirOnly: true, limit: 30_000 });

scenario("hostile-deflate-bomb", (stage) => underAttack(stage, async () => {
  const frames = await stage.socket("options", { path: "/custom-path/", perMessageDeflate: { threshold: 0 } });
  assert.match(frames.ws.extensions, /permessage-deflate/);
  frames.ws.send(Buffer.alloc(64 * MIB), { compress: true });
  assert.equal(await frames.closed(10_000), 1009);
}), bounded);
