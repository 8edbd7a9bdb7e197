// The page @socket.io/admin-ui in a browser, against a server that has the official clients of this script: node admin-page.mjs PAGE URL USER PASSWORD
import assert from "node:assert/strict";
import { io } from "socket.io-client";
import { open } from "./lib/browser.mjs";
import { connected, once } from "./lib/scenario.mjs";

const [address, url, user, password] = process.argv.slice(2);
const LIMIT = 60_000;

const clients = [];
const browser = await open();
try {
  for (const transports of [["polling"], ["websocket"]]) {
    clients.push(await connected(io(url, { transports, forceNew: true, reconnection: false })));
  }
  const [polling, webSocket] = clients;
  const page = await browser.context.newPage();
  page.setDefaultTimeout(LIMIT);
  const troubles = [];
  page.on("pageerror", (error) => troubles.push(String(error)));
  // Its fonts come from elsewhere; a test asks nobody outside.
  await page.route((asked) => asked.hostname !== "127.0.0.1", (route) => route.abort());

  await page.goto(address);
  await page.getByLabel("Server URL").fill(url);
  await page.getByLabel("Username").fill(user);
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Connect" }).click();
  await page.getByText("Invalid credentials").waitFor();
  console.log("ok refused with another password");

  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Connect" }).click();
  await page.getByLabel("Server URL").waitFor({ state: "hidden" });
  console.log("ok let in");

  await page.goto(`${address}#/sockets/`);
  const row = (id) => page.locator("tbody tr").filter({ hasText: id });
  const [gone, stays] = clients.map(({ id }) => id);
  for (const [id, transport] of [[gone, "polling"], [stays, "websocket"]]) {
    await row(id).getByText(transport, { exact: false }).first().waitFor();
  }
  console.log("ok sees sockets and their transports");

  const end = once(polling, "disconnect", LIMIT);
  await row(gone).getByRole("button").last().click();
  assert.deepEqual(await end.then(([reason]) => reason), "io server disconnect");
  // The click opens what is known of the socket, too.
  await page.getByText(/^\s*disconnected\s*$/i).first().waitFor();
  await page.goto(`${address}#/sockets/`);
  await row(stays).waitFor();
  await row(gone).waitFor({ state: "detached" });
  assert.ok(webSocket.connected);
  console.log("ok disconnects one");

  await page.reload();
  await row(stays).waitFor();
  console.log("ok let in again by its session");
  assert.deepEqual(troubles, []);
  console.log("ok no error");
} catch (failed) {
  const shown = await browser.context.pages().at(-1)?.locator("body").innerText().catch(() => "");
  console.error(`the page shows:\n${shown}`);
  throw failed;
} finally {
  clients.forEach((socket) => socket.disconnect());
  await browser.close();
}
