// Every decision about a pool's size, with the figures it was taken on, and the size over time.
import { h, panel, empty } from '../dom.js';
import { read, pool as at } from '../api.js';
import { follow } from './follow.js';
import { chart, columns } from '../chart.js';
import { clock, count } from '../format.js';

export function mount(root) {
  const charts = h('div', { class: 'grid2' });
  const list = h('div', { class: 'scroll' });
  const drawn = new Map();
  let decisions = [];
  let stopped = false;
  root.append(
    h(
      'div',
      { class: 'head' },
      h('h1', {}, 'Scaling'),
      h('span', { class: 'muted small' }, 'What each pool decided about its size, and why.'),
    ),
    charts,
    panel('Decisions', list),
  );

  async function draw(name) {
    if (!drawn.has(name)) {
      const plot = h('div', { class: 'plot' });
      charts.append(panel(name, h('div', { class: 'chart' }, plot)));
      const whole = (value) => (value === null ? '–' : count(value));
      drawn.set(
        name,
        chart(plot, {
          label: 'Size of ' + name + ' over time, with its scaling decisions',
          span: 300,
          format: whole,
          right: (v) => whole(v) + '/s',
          least: 2,
          marks: () =>
            decisions
              .filter((one) => one.pool === name)
              .map((one) => ({ at: one.at / 1000, label: one.from + '→' + one.to })),
          series: [
            { label: 'Target', colour: '--opening', width: 2 },
            { label: 'Leased', colour: '--leased', fill: 0.2 },
            { label: 'Leases', colour: '--faint', scale: 'right', width: 1.2 },
          ],
        }),
      );
    }
    const answer = await read(at(name) + '/history').catch(() => undefined);
    if (answer && !stopped) drawn.get(name).show(columns(answer.history, ['target', 'leased', 'leasesPerSecond']));
  }
  const stop = follow(
    'scaling',
    (scalings) => {
      decisions = scalings;
      [...new Set(scalings.map((one) => one.pool))].slice(0, 4).forEach(draw);
      list.replaceChildren(
        scalings.length
          ? h(
              'table',
              { class: 'list stack' },
              h(
                'thead',
                {},
                h('tr', {}, h('th', {}, 'Time'), h('th', {}, 'Pool'), h('th', {}, 'Size'), h('th', {}, 'Why')),
              ),
              h(
                'tbody',
                {},
                scalings
                  .slice(0, 200)
                  .map((one) =>
                    h(
                      'tr',
                      {},
                      h('td', {}, clock(one.at)),
                      h('td', {}, h('a', { href: '#/pool/' + encodeURIComponent(one.pool) }, h('b', {}, one.pool))),
                      h(
                        'td',
                        {},
                        h(
                          'span',
                          { class: 'chip ' + (one.to > one.from ? 'warn' : 'good') },
                          one.from + ' → ' + one.to,
                        ),
                      ),
                      h('td', { class: 'wide' }, one.reason),
                    ),
                  ),
              ),
            )
          : empty('No pool has changed its size so far. Pools that scale by themselves use scaling: adaptive.'),
      );
    },
    2,
  );
  return () => {
    stopped = true;
    stop();
    drawn.forEach((plot) => plot.destroy());
  };
}
