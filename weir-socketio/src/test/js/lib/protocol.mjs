// Engine.IO without a client: requests, frames, and nothing that mends a server's mistake.
import assert from "node:assert/strict";
import { WebSocket } from "ws";

export const SOCKET_IO_PATH = "/socket.io/";

/** Stands between the packets of one payload of long polling. */
export const SEPARATOR = "\x1e";

/** A session by long polling. */
export class Session {
  #url;

  constructor(url, path = SOCKET_IO_PATH) {
    this.#url = url + path;
  }

  /** The handshake; `this.handshake` is what the server said. */
  async open({ query = "EIO=4&transport=polling", ...options } = {}) {
    const response = await fetch(`${this.#url}?${query}`, options);
    const body = await response.text();
    assert.equal(response.status, 200, body);
    assert.equal(body[0], "0", body);
    this.handshake = JSON.parse(body.slice(1));
    this.headers = response.headers;
    return this;
  }

  get sid() {
    return this.handshake.sid;
  }

  get query() {
    return `EIO=4&transport=polling&sid=${this.sid}`;
  }

  request(options) {
    return fetch(`${this.#url}?${this.query}`, options);
  }

  /** One poll. */
  async get(options) {
    return answer(await this.request(options));
  }

  /** The packets of one poll. */
  async packets() {
    const { status, body } = await this.get();
    assert.equal(status, 200, body);
    return body.split(SEPARATOR);
  }

  /** Polls until there are so many packets. */
  async packetsUpTo(count) {
    const packets = [];
    while (packets.length < count) {
      packets.push(...(await this.packets()));
    }
    return packets;
  }

  async post(...packets) {
    return answer(
      await this.request({
        method: "POST",
        headers: { "content-type": "text/plain;charset=UTF-8" },
        body: packets.join(SEPARATOR),
      }),
    );
  }

  async send(...packets) {
    assert.deepEqual(await this.post(...packets), { status: 200, body: "ok" });
  }

  /** Enters a namespace. */
  async connect(namespace = "/") {
    await this.send(`40${namespace === "/" ? "" : `${namespace},`}`);
    const [packet] = await this.packets();
    return JSON.parse(packet.slice(packet.indexOf("{")));
  }

  /** Fails unless the session has ended: a poll is answered as one of an unknown session. */
  async assertGone() {
    const { status, body } = await this.get({ signal: AbortSignal.timeout(2_000) });
    assert.equal(status, 400, body);
    assert.deepEqual(JSON.parse(body), { code: 1, message: "Session ID unknown" });
  }
}

export async function answer(response) {
  return { status: response.status, body: await response.text() };
}

/** A WebSocket, whose messages wait until they are asked for. */
export class Frames {
  #messages = [];
  #waiting = [];
  #ended;
  #answersPings = false;

  static to(url, options) {
    return new Frames(new WebSocket(url, { perMessageDeflate: false, ...options }));
  }

  constructor(ws) {
    this.ws = ws;
    ws.on("message", (data, binary) => {
      const message = binary ? data : data.toString();
      if (this.#answersPings && message === "2") {
        ws.send("3");
        return;
      }
      const waiting = this.#waiting.shift();
      if (waiting) {
        waiting(message);
      } else {
        this.#messages.push(message);
      }
    });
    this.#ended = new Promise((resolve) => ws.on("close", (code) => resolve(code)));
    ws.on("error", () => {}); // "close" comes as well
  }

  opened() {
    return new Promise((resolve, reject) => {
      this.ws.once("open", () => resolve(this));
      this.ws.once("unexpected-response", (request, response) => {
        request.destroy();
        reject(Object.assign(new Error(`HTTP ${response.statusCode}`), { status: response.statusCode }));
      });
      this.ws.once("error", reject);
    });
  }

  send(...messages) {
    messages.forEach((message) => this.ws.send(message));
  }

  /** Answers pings from now on, and hands none of them on. */
  answerPings() {
    this.#answersPings = true;
    return this;
  }

  /** The next message. */
  async next(millis = 3_000) {
    if (this.#messages.length > 0) {
      return this.#messages.shift();
    }
    return within(millis, "no message", new Promise((resolve) => this.#waiting.push(resolve)), this.#ended);
  }

  /** The messages that have arrived and were not asked for. */
  get unread() {
    return this.#messages.splice(0);
  }

  /** Enters a namespace; returns what is in the server's reply. */
  async connect(namespace = "/", auth) {
    const name = namespace === "/" ? "" : `${namespace},`;
    this.send(`40${name}${auth === undefined ? "" : JSON.stringify(auth)}`);
    const reply = await this.next();
    assert.match(reply, new RegExp(`^40${name}\\{`));
    return JSON.parse(reply.slice(2 + name.length));
  }

  /** The code of the close; fails if there is none. */
  async closed(millis = 3_000) {
    return within(millis, "not closed", this.#ended);
  }

  /** Fails unless the connection is alive, with a socket in the namespace. */
  async assertAlive(namespace = "/") {
    const name = namespace === "/" ? "" : `${namespace},`;
    this.send(`42${name}77["ack","alive"]`);
    assert.equal(await this.next(), `43${name}77["alive"]`);
  }

  cut() {
    this.ws.terminate();
  }
}

function within(millis, what, promise, end) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${what} within ${millis} ms`)), millis);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
    end?.then((code) => reject(new Error(`${what}: the connection was closed with ${code}`)));
  });
}
