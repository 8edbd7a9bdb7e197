import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

export const VIEWS = ['overview', 'pool/orders', 'memory', 'leaks', 'alerts', 'scaling', 'queries', 'sockets'];

/** Looks at every view in light and dark, wide and narrow; says how far anything is wider than the screen. */
export async function shoot(context, url, token, directory) {
  await mkdir(directory, { recursive: true });
  const overflows = [];
  for (const width of [1280, 390]) {
    for (const theme of ['light', 'dark']) {
      const page = await context.newPage();
      await page.setViewportSize({ width, height: width === 390 ? 844 : 860 });
      await page.emulateMedia({ colorScheme: theme });
      await page.goto(url + '#token=' + token);
      for (const view of VIEWS) {
        await page.goto(url + '#/' + view);
        await page.waitForSelector('.status.on');
        await page.waitForSelector(READY[view.split('/')[0]]);
        await page.waitForTimeout(400); // the transition of bars, for the picture's sake
        const over = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (over > 0) overflows.push({ view, width, over });
        await page.screenshot({
          path: join(directory, [view.replace('/', '-'), width, theme].join('-') + '.png'),
          fullPage: true,
        });
      }
      await page.close();
    }
  }
  return overflows;
}

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
