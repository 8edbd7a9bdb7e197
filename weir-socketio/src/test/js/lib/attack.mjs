// What every hostile scenario has in common: somebody else must not notice.
import assert from "node:assert/strict";
import { connect } from "node:net";
import { ask, pause } from "./scenario.mjs";

const MIB = 1024 * 1024;

/**
 * Attacks while a healthy client of `main` goes on asking. Afterwards, with the attackers still there, the server may hold so many
 * MiB more than before.
 */
export async function underAttack(stage, attack, { mebibytes = 32 } = {}) {
  const healthy = await stage.connected("main", { transports: ["websocket"] });
  const before = (await ask(healthy, "stats")).memory;
  let over = false;
  const pulse = (async () => {
    while (!over) {
      assert.equal(await ask(healthy, "ack", "beat"), "beat");
      await pause(5);
    }
  })();
  try {
    await Promise.race([attack(healthy), pulse]);
  } finally {
    over = true;
  }
  await pulse;
  const grown = (await ask(healthy, "stats")).memory - before;
  assert.ok(grown < mebibytes * MIB, `the server holds ${(grown / MIB).toFixed(1)} MiB more than before`);
}

/** A TCP connection that says whatever it likes. */
export class Wire {
  #closed;
  received = "";

  constructor(stage, server) {
    this.tcp = connect(stage.port(server), "127.0.0.1");
    this.tcp.on("error", () => {}); // "close" comes as well
    this.tcp.on("data", (data) => (this.received += data.toString("latin1")));
    this.tcp.on("end", () => this.tcp.end());
    this.#closed = new Promise((resolve) => this.tcp.on("close", resolve));
    stage.cleanUp(() => this.tcp.destroy());
  }

  get open() {
    return !this.tcp.destroyed && this.tcp.writable;
  }

  /** Writes, and waits while the other side does not read; a closed connection swallows it. */
  async write(data) {
    if (this.open && !this.tcp.write(data)) {
      await Promise.race([new Promise((resolve) => this.tcp.once("drain", resolve)), this.#closed]);
    }
  }

  async closed(millis, what) {
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`${what}: not closed within ${millis} ms`)), millis);
    });
    await Promise.race([this.#closed, late]).finally(() => clearTimeout(timer));
  }
}

/** Calls something again and again, as long as a condition holds, so many times at most. */
export async function repeatWhile(condition, times, action, rest = 0) {
  let done = 0;
  for (; done < times && condition(); done++) {
    await action(done);
    await (rest ? pause(rest) : done % 50 === 0 && pause(0));
  }
  return done;
}
