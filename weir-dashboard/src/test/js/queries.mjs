// The queries view, against a shop with a statement that lingers: node queries.mjs URL HIDDEN...
import assert from 'node:assert/strict';
import { open } from './browser.mjs';

const [url, ...hidden] = process.argv.slice(2);
const LINGERS = 'select pg_sleep(?) from orders where id = ? and customer = ?';
const VIEWS = ['overview', 'pool/shop', 'memory', 'leaks', 'alerts', 'scaling', 'sockets', 'queries'];

const browser = await open();
try {
  const page = await browser.context.newPage();
  page.setDefaultTimeout(60_000);
  const frames = [];
  page.on('websocket', (socket) => socket.on('framereceived', (frame) => frames.push(String(frame.payload))));

  // What runs is shown while it runs.
  await page.goto(url + '#/queries');
  const running = page.getByRole('table', { name: 'Running now' });
  await running.getByText(LINGERS).waitFor();
  console.log('ok the running statement shows');

  // What ran, with its figures.
  const statements = page.getByRole('table', { name: 'Statements' });
  await statements.getByText('select customer from orders where id = ?').waitFor();
  const update = statements.locator('tr', { hasText: 'update orders set customer = ? where id = ?' });
  await page.waitForFunction(() =>
    [...document.querySelectorAll('table[aria-label=Statements] tbody tr')].some(
      (row) => row.textContent.includes('update orders') && Number(row.children[2].textContent.replace(/\D/g, '')) > 3,
    ),
  );
  assert.match(await update.locator('td').nth(4).textContent(), /s$/);
  await page.getByRole('table', { name: 'Call sites' }).getByText('dev.weir.dashboard.Shop.buy').waitFor();
  console.log('ok statements and call sites show');

  // Sorted by keyboard.
  const head = statements.getByRole('columnheader', { name: 'Runs' });
  await head.getByRole('button').focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(
    () => document.querySelector('table[aria-label=Statements] th[aria-sort=descending]')?.textContent === 'Runs',
  );
  await page.keyboard.press('Enter');
  await page.waitForFunction(
    () => document.querySelector('table[aria-label=Statements] th[aria-sort=ascending]')?.textContent === 'Runs',
  );
  console.log('ok sorted by keyboard');

  // Filtered.
  await page.getByRole('searchbox').fill('update orders');
  await statements.getByText('select customer').waitFor({ state: 'detached' });
  assert.equal(await statements.locator('tbody tr').count(), 1);
  console.log('ok filtered');

  // No literal, whatever the view: each on a page of its own, all at once, and for as long as it takes to be told twice.
  await Promise.all(
    VIEWS.map(async (view) => {
      const own = await browser.context.newPage();
      let told = 0;
      own.on('websocket', (socket) =>
        socket.on('framereceived', (frame) => {
          frames.push(String(frame.payload));
          told++;
        }),
      );
      await own.goto(url + '#/' + view);
      await own.locator('main > *').first().waitFor();
      const before = told;
      while (told < before + 2) await new Promise((later) => setTimeout(later, 50));
      const whole = await own.evaluate(() => document.documentElement.outerHTML);
      for (const word of hidden) assert.ok(!whole.includes(word), word + ' is on the view ' + view);
      await own.close();
    }),
  );
  for (const word of hidden) assert.ok(!frames.some((frame) => frame.includes(word)), word + ' is sent to the page');
  console.log('ok no literal on the page');
} finally {
  await browser.close();
}
