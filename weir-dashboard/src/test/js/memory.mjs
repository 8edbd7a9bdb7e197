// The memory view, against a pool with more connections than it needs: node memory.mjs URL TOKEN POOL
import assert from 'node:assert/strict';
import { open } from './browser.mjs';

const [url, token, pool] = process.argv.slice(2);

const browser = await open();
try {
  const page = await browser.context.newPage();
  page.setDefaultTimeout(60_000);
  const troubles = [];
  page.on('pageerror', (error) => troubles.push(String(error)));
  await page.goto(url + '#token=' + token);
  await page.waitForFunction(() => !location.hash.includes('token'));

  // What would save memory, predicted.
  await page.goto(url + '#/memory');
  const advice = page.getByRole('region', { name: 'Advice' }).getByRole('article').filter({ hasText: pool });
  await advice.getByText('max 6 → 2').waitFor();
  assert.equal(await advice.locator('.chip').textContent(), 'open');
  assert.match(await advice.textContent(), /would save \d[\d.]* [kM]B \(\d.* to \d.*\)/);
  assert.match(await advice.textContent(), /Predicted from 4 connections of /);
  console.log('ok advice shows what it would save');

  // It is followed, with a mark before it.
  await page.getByRole('button', { name: 'Mark as before' }).click();
  await page.getByRole('columnheader', { name: 'Since mark' }).waitFor();
  await page.goto(url + '#/pool/' + pool);
  await page.getByRole('button', { name: 'Resize' }).click();
  await page.locator('dialog input[name=min]').fill('0');
  await page.locator('dialog input[name=max]').fill('2');
  await page.locator('dialog').getByRole('button', { name: 'Resize' }).click();
  await page
    .getByText(/of 2$/)
    .first()
    .waitFor();
  await page.goto(url + '#/memory');
  await advice.getByText('done').waitFor();
  assert.match(await advice.textContent(), /predicted \d[\d.]* [kM]B \(.*\), saved \d[\d.]* [kM]B/);
  console.log('ok followed, it shows what came of it');

  // And it shows in the table of owners.
  const owner = page.getByRole('region', { name: 'Owners' }).getByRole('row').filter({ hasText: pool });
  await owner.locator('.down').waitFor();
  await page.getByRole('button', { name: 'Forget the mark' }).click();
  await page.getByRole('columnheader', { name: 'Since mark' }).waitFor({ state: 'detached' });
  assert.deepEqual(troubles, []);
  console.log('ok the mark shows what has changed');
} finally {
  await browser.close();
}
