import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

export const VIEWS = ['overview', 'pool/orders', 'memory', 'leaks', 'alerts', 'scaling', 'queries', 'sockets'];

/** Looks at every view in light and dark, wide and narrow; says how far anything is wider than the screen. */
export async function shoot(context, url, token, directory) {
  await mkdir(directory, { recursive: true });
  const overflows = [];
  for (const width of [1280, 390]) {
    const page = await context.newPage();
    await page.setViewportSize({ width, height: width === 390 ? 844 : 860 });
    // Bars that are still on their way would spoil the picture.
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.goto(url + '#token=' + token);
    for (const view of VIEWS) {
      await page.goto(url + '#/' + view);
      await page.waitForSelector('.status.on');
      await page.waitForSelector(READY[view.split('/')[0]]);
      for (const theme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme: theme });
        await page.waitForFunction((wanted) => document.documentElement.dataset.theme === wanted, theme);
        await painted(page);
        overflows.push(...(await tooWide(page)).map((what) => ({ view, width, theme, ...what })));
        await page.screenshot({
          path: join(directory, [view.replace('/', '-'), width, theme].join('-') + '.png'),
          fullPage: true,
        });
      }
    }
    await page.close();
  }
  return overflows;
}

/** The page, and the navigation in it, whose links must not need a scroll. */
const tooWide = (page) =>
  page.evaluate(() =>
    [document.documentElement, document.getElementById('nav')]
      .map((element) => ({ what: element.localName, over: element.scrollWidth - element.clientWidth }))
      .filter(({ over }) => over > 0),
  );

/** Once everything that was asked for in a frame is there. */
const painted = (page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));

const READY = {
  overview: 'a.row[data-pool=orders]',
  pool: '.slot.leased, .slot.idle',
  memory: '.treemap div',
  leaks: 'main .panel .card, main .panel .empty',
  alerts: '#open-alerts > *',
  scaling: 'main .panel .list, main .panel .empty',
  queries: 'table[aria-label=Statements] tbody tr',
  sockets: 'main .tiles',
};
