// Runs scenarios against a scenario server. SCENARIOS.md says how, and what such a server must offer.
import { parseArgs } from "node:util";
import { io } from "socket.io-client";
import { ask, connected, scenarios, Stage } from "./lib/scenario.mjs";
import "./scenarios/index.mjs";

const USAGE = "usage: node run.mjs --url http://127.0.0.1:PORT [--only NAME,…] [--reference] [--json] | --list [--json]";
const FAILED = 1;
const WRONG_USAGE = 2;
const NO_SERVER = 3;

function options() {
  try {
    const { values } = parseArgs({
      options: {
        url: { type: "string" },
        only: { type: "string" },
        reference: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        list: { type: "boolean", default: false },
      },
    });
    if (!values.list && !URL.canParse(values.url ?? "")) {
      throw new Error("--url needs the address of the scenario server's main server");
    }
    return values;
  } catch (wrong) {
    exit(WRONG_USAGE, wrong.message);
  }
}

function exit(code, message) {
  console.error(`${message}\n${USAGE}`);
  process.exit(code);
}

function chosen({ only, reference }) {
  const kept = scenarios.filter((scenario) => !(reference && scenario.weirOnly));
  if (only === undefined) {
    return kept;
  }
  const wanted = only.split(",").map((name) => ({
    name,
    matches: (scenario) => (name.endsWith("*") ? scenario.name.startsWith(name.slice(0, -1)) : scenario.name === name),
  }));
  const unknown = wanted.find(({ matches }) => !scenarios.some(matches));
  if (unknown) {
    exit(WRONG_USAGE, `--only: there is no scenario ${unknown.name} (--list prints them)`);
  }
  return kept.filter((scenario) => wanted.some(({ matches }) => matches(scenario)));
}

async function ports(url) {
  const socket = io(url, { transports: ["websocket"], reconnection: false, forceNew: true });
  try {
    return await ask(await connected(socket), "servers");
  } catch (failed) {
    exit(NO_SERVER, `no scenario server at ${url}: ${failed.message}`);
  } finally {
    socket.disconnect();
  }
}

async function run({ name, body, limit }, servers) {
  const stage = new Stage(servers);
  const begin = performance.now();
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${limit} ms`)), limit);
  });
  let error;
  try {
    await Promise.race([body(stage), late]);
  } catch (failed) {
    error = describe(failed);
  } finally {
    clearTimeout(timer);
    stage.clear();
  }
  return { name, passed: error === undefined, millis: Math.round(performance.now() - begin), error };
}

/** The message, and the line of the scenario that it came from. */
function describe(failed) {
  const place = /scenarios\/([\w.-]+:\d+)/.exec(failed.stack ?? "");
  return `${failed.message ?? failed}${place ? ` (${place[1]})` : ""}`;
}

function line({ name, passed, millis, error }) {
  return passed ? `passed  ${name} (${millis} ms)` : `FAILED  ${name} (${millis} ms): ${error.replaceAll("\n", " ")}`;
}

const asked = options();
const todo = chosen(asked);
if (asked.list) {
  const names = todo.map(({ name, weirOnly }) => ({ name, weirOnly }));
  console.log(asked.json ? JSON.stringify(names) : names.map((it) => it.name).join("\n"));
  process.exit();
}
// A rejection that a scenario no longer waits for, because it has failed already, must not end the run.
process.on("unhandledRejection", (late) => console.error(`  after its scenario: ${late.message ?? late}`));
const servers = await ports(asked.url);
const results = [];
for (const scenario of todo) {
  const result = await run(scenario, servers);
  results.push(result);
  (asked.json ? console.error : console.log)(line(result));
}
const failed = results.filter((result) => !result.passed).length;
(asked.json ? console.error : console.log)(`${results.length - failed} passed, ${failed} failed`);
const done = () => process.exit(failed === 0 ? 0 : FAILED);
if (asked.json) {
  process.stdout.write(`${JSON.stringify(results)}\n`, done);
} else {
  done();
}
