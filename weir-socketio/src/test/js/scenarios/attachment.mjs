// Binary packets and what may go wrong with their attachments.
import assert from "node:assert/strict";
import { scenario } from "../lib/scenario.mjs";

const place = (num) => `{"_placeholder":true,"num":${num}}`;

function closes(name, messages, options) {
  scenario(name, async (stage) => {
    for (const sent of messages) {
      const frames = await stage.socket();
      frames.send(...sent);
      await frames.closed().catch((open) => {
        throw new Error(`${sent[0]}: ${open.message}`);
      });
    }
  }, options);
}

scenario("attachments-in-order", async (stage) => {
  const frames = await stage.socket();
  frames.send(`452-["echo",${place(0)},{"a":[${place(1)}]}]`, Buffer.of(1), Buffer.of(2, 2));
  assert.equal(await frames.next(), `452-["echo",${place(0)},{"a":[${place(1)}]}]`);
  assert.deepEqual(await frames.next(), Buffer.of(1));
  assert.deepEqual(await frames.next(), Buffer.of(2, 2));
});

scenario("attachments-in-an-ack", async (stage) => {
  const frames = await stage.socket("main", { namespace: "/custom" });
  frames.send(`451-/custom,789["ack",${place(0)}]`, Buffer.of(1, 2, 3));
  assert.equal(await frames.next(), `461-/custom,789[${place(0)}]`);
  assert.deepEqual(await frames.next(), Buffer.of(1, 2, 3));
});

scenario("attachments-of-two-packets-do-not-mix", async (stage) => {
  const frames = await stage.socket();
  for (let n = 0; n < 20; n++) {
    frames.send(`452-["echo",${n},${place(0)},${place(1)}]`, Buffer.of(n), Buffer.alloc(0));
  }
  for (let n = 0; n < 20; n++) {
    assert.equal(await frames.next(), `452-["echo",${n},${place(0)},${place(1)}]`);
    assert.deepEqual(await frames.next(), Buffer.of(n));
    assert.deepEqual(await frames.next(), Buffer.alloc(0));
  }
});

scenario("attachments-and-pongs", async (stage) => {
  const frames = await stage.socket("short");
  frames.send(`451-["echo",${place(0)}]`);
  assert.equal(await frames.next(), "2");
  frames.send("3", Buffer.of(7));
  let message = await frames.next();
  while (message === "2") {
    message = await frames.next();
  }
  assert.equal(message, `451-["echo",${place(0)}]`, "a pong between is a packet of Engine.IO, not of Socket.IO");
});

closes("attachments-text-while-they-are-due", [
  [`451-["echo",${place(0)}]`, '42["echo",1]'],
  [`452-["echo",${place(0)},${place(1)}]`, Buffer.of(1), '42["echo",1]'],
  [`451-["echo",${place(0)}]`, `451-["echo",${place(0)}]`],
  [`451-["echo",${place(0)}]`, "41"],
]);

closes("attachments-none-are-due", [
  [Buffer.of(1)],
  [Buffer.alloc(0)],
  [`451-["silent",${place(0)}]`, Buffer.of(1), Buffer.of(2)],
]);

closes("attachments-more-than-ten", [
  [`4511-["echo",${Array.from({ length: 11 }, (_, n) => place(n)).join(",")}]`],
  [`451000000-["echo",${place(0)}]`],
  [`4599999999999999999999-["echo",${place(0)}]`],
]);

closes("attachments-bad-count", [
  [`45-["echo",${place(0)}]`],
  [`45["echo",${place(0)}]`],
  [`45x-["echo",${place(0)}]`],
  [`45-1-["echo",${place(0)}]`],
  [`451.5-["echo",${place(0)}]`],
  ["451"],
]);

closes("attachments-zero", [['450-["echo",1]']]);

closes("attachments-bad-placeholder", [
  [`451-["echo",${place(1)}]`, Buffer.of(1)],
  [`451-["echo",${place(-1)}]`, Buffer.of(1)],
  [`451-["echo",${place('"0"')}]`, Buffer.of(1)],
  [`451-["echo",{"_placeholder":true}]`, Buffer.of(1)],
]);

closes("attachments-in-a-packet-that-is-not-an-array", [
  [`451-${place(0)}`, Buffer.of(1)],
  ["451-[]", Buffer.of(1)],
  [`461-1{}`, Buffer.of(1)],
]);

closes("attachments-half-a-placeholder", [[`451-["echo",${place("0.5")}]`, Buffer.of(1)]], { weirOnly: true });

scenario("attachments-placeholder-in-plain-text", async (stage) => {
  const frames = await stage.socket();
  frames.send(`42["echo",${place(0)}]`);
  assert.equal(await frames.next(), `42["echo",${place(0)}]`, "in a text packet it is an object like any other");
});
