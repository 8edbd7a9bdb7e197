// A pool over time: its connections, waits, leases and memory.
import { h, panel } from '../dom.js';
import { read, pool as at } from '../api.js';
import { chart, columns } from '../chart.js';
import { bytes, count, span } from '../format.js';

const SERIES = [
  'leased',
  'idle',
  'opening',
  'waiting',
  'target',
  'leasesPerSecond',
  'waitP50Ms',
  'waitP99Ms',
  'errorsPerSecond',
  'grantedBytes',
];

/** The charts; they follow the ticks by the second, and are read anew by the minute. */
export function charts(name) {
  let resolution = 'second';
  let data;
  let stop = false;
  let scalings = [];
  const plots = [];
  const place = (title, tall) => {
    const plot = h('div', { class: 'plot' + (tall ? ' tall' : '') });
    const box = panel(title, h('div', { class: 'chart' }, plot));
    return { plot, box };
  };
  const a = place('Connections');
  const b = place('Waiting for a connection');
  const c = place('Leases and errors');
  const d = place('Memory granted');
  const element = h('div', { class: 'grid2' }, a.box, b.box, c.box, d.box);
  const whole = (value) => (value === null ? '–' : count(Math.round(value * 100) / 100));
  function build() {
    const marks = () =>
      scalings.filter((one) => one.pool === name).map((one) => ({ at: one.at / 1000, label: one.from + '→' + one.to }));
    plots.push([
      chart(a.plot, {
        label: 'Connections of ' + name + ' by state over time',
        span: 300,
        stacked: 3,
        format: whole,
        least: 2,
        marks,
        series: [
          { label: 'Leased', colour: '--leased' },
          { label: 'Idle', colour: '--idle' },
          { label: 'Opening', colour: '--opening' },
          { label: 'Target', colour: '--muted', dash: [5, 4], width: 1.2 },
        ],
      }),
      ['leased', 'idle', 'opening', 'target'],
    ]);
    plots.push([
      chart(b.plot, {
        label: 'Requests waiting and how long they wait over time',
        span: 300,
        format: (v) => (v === null ? '–' : span(v)),
        right: whole,
        least: 1,
        series: [
          { label: 'p99 wait', colour: '--p99' },
          { label: 'p50 wait', colour: '--p50' },
          { label: 'Requests waiting', colour: '--waiting', scale: 'right', dash: [2, 3] },
        ],
      }),
      ['waitP99Ms', 'waitP50Ms', 'waiting'],
    ]);
    plots.push([
      chart(c.plot, {
        label: 'Leases and errors a second over time',
        span: 300,
        format: (v) => whole(v) + '/s',
        right: (v) => whole(v) + '/s',
        least: 1,
        series: [
          { label: 'Leases', colour: '--rate', fill: 0.14 },
          { label: 'Errors', colour: '--waiting', scale: 'right' },
        ],
      }),
      ['leasesPerSecond', 'errorsPerSecond'],
    ]);
    plots.push([
      chart(d.plot, {
        label: 'Memory granted over time',
        span: 300,
        format: bytes,
        least: 1024,
        series: [{ label: 'Granted', colour: '--s2', fill: 0.2 }],
      }),
      ['grantedBytes'],
    ]);
  }
  function draw() {
    if (data) plots.forEach(([plot, names]) => plot.show(columns(data, names)));
  }
  async function load() {
    const [answer, decisions] = await Promise.all([
      read(at(name) + '/history?resolution=' + resolution).catch(() => undefined),
      read('scaling').catch(() => []),
    ]);
    if (stop || !answer) return;
    scalings = decisions;
    data = answer.history;
    draw();
  }
  function tick(overview, row) {
    if (!data || resolution !== 'second') return;
    const second = Math.floor(overview.at / 1000);
    const values = {
      leased: row.leased,
      idle: row.idle,
      opening: row.opening,
      waiting: row.waiting,
      target: row.target,
      leasesPerSecond: row.leasesPerSecond,
      waitP50Ms: row.waitP50Ms,
      waitP99Ms: row.waitP99Ms,
      errorsPerSecond: row.errorsPerSecond,
      grantedBytes: row.grantedBytes,
    };
    const length = data.series.leased.length;
    for (let next = data.start + length; next <= second; next++) {
      SERIES.forEach((id) => {
        data.series[id].push(next === second ? values[id] : null);
        data.series[id].shift();
      });
      data.start++;
    }
    draw();
  }
  const every = setInterval(() => {
    if (resolution === 'minute') load();
  }, 20000);
  return {
    element,
    start() {
      build();
      load();
    },
    load,
    tick,
    choose(value) {
      resolution = value;
      plots.forEach(([plot]) => plot.span(value === 'second' ? 300 : 86400));
      load();
    },
    stop() {
      stop = true;
      clearInterval(every);
      plots.forEach(([plot]) => plot.destroy());
    },
  };
}
