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
      if (view === 'memory') await page.waitForSelector('.plot canvas');
      for (const theme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme: theme });
        await page.waitForFunction((wanted) => document.documentElement.dataset.theme === wanted, theme);
        await painted(page);
        overflows.push(...(await stillTooBig(page)).map((what) => ({ view, width, theme, ...what })));
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

/** What does not fit: the page, the navigation, whose links must not need a scroll, and charts with their legends. */
const tooBig = (page) =>
  page.evaluate(() => {
    const wide = [document.documentElement, document.getElementById('nav')].map((element) => ({
      what: element.localName,
      over: element.scrollWidth - element.clientWidth,
    }));
    const high = [...document.querySelectorAll('.plot')].map((plot) => ({
      what: 'legend',
      over:
        ['.u-wrap', '.u-legend'].reduce((sum, part) => sum + (plot.querySelector(part)?.offsetHeight ?? 0), 0) -
        plot.clientHeight,
    }));
    return [...wide, ...high].filter(({ over }) => over > 0);
  });

/** A chart whose data have just come makes room in the frame after: only what stays too big counts. */
async function stillTooBig(page) {
  for (let look = 0; look < 20 && (await tooBig(page)).length > 0; look++) await page.waitForTimeout(100);
  return tooBig(page);
}

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
