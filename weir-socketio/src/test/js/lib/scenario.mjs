// What a scenario is, and what it is given.
import { io } from "socket.io-client";
import { Frames, Session, SOCKET_IO_PATH } from "./protocol.mjs";

export const scenarios = [];

/**
 * Tells run.mjs of a scenario.
 *
 * @param name unique, with dashes
 * @param body what it does; it throws if the server is wrong
 * @param weirOnly whether the reference breaks the rule, or has no such bound
 * @param limit milliseconds after which it has failed
 */
export function scenario(name, body, { weirOnly = false, limit = 15_000 } = {}) {
  scenarios.push({ name, body, weirOnly, limit });
}

/** The servers of one scenario server, and all that a scenario opened on them. */
export class Stage {
  #ports;
  #undo = [];

  constructor(ports) {
    this.#ports = ports;
  }

  /** @return the address of one of the servers, such as http://127.0.0.1:4711 */
  url(server = "main") {
    const port = this.#ports[server];
    if (port === undefined) {
      throw new Error(`the scenario server has no server ${server}: see the table in SCENARIOS.md`);
    }
    return `http://127.0.0.1:${port}`;
  }

  port(server = "main") {
    return Number(new URL(this.url(server)).port);
  }

  /** An official client with a connection of its own, which does not come back by itself. */
  client(server = "main", { namespace = "/", ...options } = {}) {
    const socket = io(this.url(server) + namespace, { forceNew: true, reconnection: false, ...options });
    this.cleanUp(() => {
      socket.io.reconnection(false);
      socket.disconnect();
      socket.io.engine?.close();
    });
    return socket;
  }

  /** The same, once it is connected. */
  async connected(server, options) {
    return connected(this.client(server, options));
  }

  /** Opens a WebSocket, which may have to do with Engine.IO or not. */
  async frames(server, { path = SOCKET_IO_PATH, query = "EIO=4&transport=websocket", ...options } = {}) {
    const frames = Frames.to(`${this.url(server).replace("http", "ws")}${path}?${query}`, options);
    this.cleanUp(() => frames.cut());
    return frames.opened();
  }

  /** An Engine.IO session over WebSocket, after its handshake; `frames.handshake` is what the server said. */
  async websocket(server, options) {
    const frames = await this.frames(server, options);
    frames.handshake = JSON.parse((await frames.next()).replace(/^0/, ""));
    return frames;
  }

  /** The same with a Socket.IO socket in a namespace; `frames.connection` is the server's reply. */
  async socket(server, { namespace = "/", auth, ...options } = {}) {
    const frames = await this.websocket(server, options);
    frames.connection = await frames.connect(namespace, auth);
    return frames;
  }

  /** An Engine.IO session by long polling, after its handshake. */
  async polling(server, options) {
    const session = await new Session(this.url(server)).open(options);
    this.cleanUp(() => session.post("1").catch(() => {}));
    return session;
  }

  cleanUp(undo) {
    this.#undo.push(undo);
  }

  clear() {
    for (const undo of this.#undo.splice(0).reverse()) {
      undo();
    }
  }
}

/** @return the socket, once it is in its namespace */
export async function connected(socket) {
  if (!socket.connected) {
    await Promise.race([
      once(socket, "connect"),
      once(socket, "connect_error").then(([error]) => {
        throw new Error(`not connected: ${error.message}`, { cause: error });
      }, never),
    ]);
  }
  return socket;
}

const never = () => new Promise(() => {});

/** @return the arguments of the next event of this name; fails after the milliseconds */
export function once(emitter, event, millis = 3_000) {
  return new Promise((resolve, reject) => {
    const listener = (...args) => {
      clearTimeout(timer);
      resolve(args);
    };
    const timer = setTimeout(() => {
      emitter.off(event, listener);
      reject(new Error(`no ${event} within ${millis} ms`));
    }, millis);
    emitter.once(event, listener);
  });
}

/** @return an array that each event of this name adds its arguments to */
export function collect(socket, event) {
  const seen = [];
  socket.on(event, (...args) => seen.push(args));
  return seen;
}

/** Calls an event of the scenario server that acks. */
export function ask(socket, event, ...args) {
  return socket.timeout(5_000).emitWithAck(event, ...args);
}

/** Returns once everything that the server sent to the socket before has arrived: an answer cannot overtake it. */
export async function settled(...sockets) {
  await Promise.all(sockets.map((socket) => ask(socket, "ack", "settled")));
}

/** Waits until the socket is the only client: those of the scenario before may be on their way out. */
export function alone(socket) {
  return until(async () => (await ask(socket, "stats")).clients === 1, "nobody else is there", 10_000);
}

/** Waits for a condition. */
export async function until(condition, what, millis = 3_000) {
  const end = Date.now() + millis;
  while (!(await condition())) {
    if (Date.now() > end) {
      throw new Error(`not within ${millis} ms: ${what}`);
    }
    await pause(5);
  }
}

export function pause(millis) {
  return new Promise((resolve) => setTimeout(resolve, millis));
}
