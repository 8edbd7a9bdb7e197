// The page in a browser, against a service that does what this script says on standard output: node pages.mjs URL TOKEN DIRECTORY
import assert from 'node:assert/strict';
import { createInterface } from 'node:readline';
import { readFile } from 'node:fs/promises';
import { open } from './browser.mjs';
import { shoot } from './shots.mjs';

const [url, token, directory] = process.argv.slice(2);
const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
/** Makes the service do something, and waits until it is under way. */
async function tell(what) {
  console.log('do ' + what);
  await answers.next();
}

const browser = await open();
try {
  const page = await browser.context.newPage();
  page.setDefaultTimeout(60_000);
  const troubles = [];
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/401/.test(message.text())) troubles.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:'))
      troubles.push('asks outside: ' + request.url());
  });

  // A load that is running.
  await page.goto(url);
  await page.waitForFunction(
    () =>
      Number(document.querySelector('[data-pool=orders] [data-label="Leases/s"]')?.textContent.replace(',', '')) > 0,
  );
  console.log('ok the load shows');

  // A leak and an overload take seconds to be noticed: they are made now, and looked for below.
  await tell('leak');
  await tell('overload');

  // Changes are refused without the token.
  await page.goto(url + '#/pool/orders');
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.locator('dialog input[name=token]').fill('not-the-token-at-all');
  await page.getByRole('button', { name: 'Use it' }).click();
  await page.getByText('The token was refused').waitFor();
  assert.equal(await page.locator('.chip.running').first().textContent(), 'running');
  console.log('ok refused without the token');

  // With it they work: pause, resume, resize.
  await page.goto('about:blank');
  await page.goto(url + '#token=' + token);
  await page.waitForFunction(() => !location.hash.includes('token'));
  await page.goto(url + '#/pool/orders');
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.locator('.chip.paused').waitFor();
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.locator('.chip.running').first().waitFor();
  await page.getByRole('button', { name: 'Resize' }).click();
  await page.locator('dialog input[name=max]').fill('12');
  await page.locator('dialog').getByRole('button', { name: 'Resize' }).click();
  await page
    .getByText(/of 12$/)
    .first()
    .waitFor();
  console.log('ok paused, resumed and resized');

  // The leak that was made.
  await page.goto(url + '#/leaks');
  await page.getByText('invoice-mailer').first().waitFor();
  console.log('ok the leak shows');

  // The alert that fires, and clears.
  await page.goto(url + '#/alerts');
  await page.locator('#open-alerts .chip.open').first().waitFor();
  console.log('ok the alert fires');
  const overflows = await shoot(browser.context, url, token, directory);
  assert.deepEqual(overflows, [], 'nothing is wider than the screen');
  await tell('calm');
  await page.locator('#open-alerts .empty').waitFor();
  await page.getByText('cleared').first().waitFor();
  console.log('ok the alert clears');

  // By keyboard, and in the other theme.
  await page.goto(url + '#/overview');
  await page.getByRole('button', { name: /Use (dark|light) colours/ }).focus();
  const before = await page.evaluate(() => document.documentElement.dataset.theme);
  await page.keyboard.press('Enter');
  assert.notEqual(await page.evaluate(() => document.documentElement.dataset.theme), before);
  console.log('ok by keyboard');

  // The one library that lies in the sources is what npm serves.
  const served = await (await fetch(url + 'vendor/socket.io.esm.min.js')).text();
  assert.equal(
    served,
    await readFile(new URL('node_modules/socket.io-client/dist/socket.io.esm.min.js', import.meta.url), 'utf8'),
  );
  assert.deepEqual(troubles, []);
  console.log('ok nothing from outside, and no error');
} finally {
  await browser.close();
  // Otherwise the process would wait for words that nobody sends any more.
  process.stdin.destroy();
}
