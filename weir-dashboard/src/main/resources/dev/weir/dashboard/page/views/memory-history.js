// Memory over time: what each pool holds of the budget, stacked, and the process's heap and resident set beside it.
import { h, panel } from '../dom.js';
import { read } from '../api.js';
import { chart } from '../chart.js';
import { bytes } from '../format.js';

/** Pools with an area of their own; the rest share one. */
const TOP = 7;
const SECONDS = { second: 300, minute: 86400 };
const PROCESS = [
  { label: 'Heap in use (right)', colour: '--muted', scale: 'right', dash: [4, 3], width: 1.2 },
  { label: 'Resident (right)', colour: '--text', scale: 'right', width: 1.2 },
];

export function memoryHistory() {
  let resolution = 'second';
  let plot;
  let names;
  let stopped = false;
  const area = h('div', { class: 'plot tall' });
  const element = panel('Memory over time', h('div', { class: 'chart' }, area));

  async function load() {
    const asked = resolution;
    const answer = await read('memory/history?resolution=' + asked).catch(() => undefined);
    if (!answer || stopped || asked !== resolution) return;
    const { process, owners } = answer;
    const { top, rest } = ranked(owners.series);
    const wanted = [...top, rest.length ? 'others' : ''].join('\n');
    if (!plot || names !== wanted) {
      forget();
      names = wanted;
      plot = drawn(area, top, rest, SECONDS[resolution]);
    }
    plot.show(columns(process, owners, top, rest));
  }

  function forget() {
    plot?.destroy();
    plot = undefined;
    area.replaceChildren();
  }

  return {
    element,
    load,
    choose(value) {
      resolution = value;
      forget();
      load();
    },
    stop() {
      stopped = true;
      forget();
    },
  };
}

/** The heaviest pools, the lightest of them first; and the others. */
function ranked(series) {
  const most = (name) => series[name].reduce((highest, value) => Math.max(highest, value ?? 0), 0);
  const sorted = Object.keys(series)
    .map((name) => ({ name, most: most(name) }))
    .filter((one) => one.most > 0)
    .sort((a, b) => b.most - a.most)
    .map((one) => one.name);
  return { top: sorted.slice(0, TOP).reverse(), rest: sorted.slice(TOP) };
}

function drawn(area, top, rest, span) {
  const series = top.map((name, i) => ({ label: name, colour: '--s' + (top.length - 1 - i) }));
  if (rest.length) series.unshift({ label: rest.length + ' others', colour: '--s8' });
  return chart(area, {
    label: 'Memory granted to each pool, stacked, over time, and the heap in use',
    span,
    stacked: series.length,
    format: bytes,
    right: bytes,
    least: 1024,
    series: [...series, ...PROCESS],
  });
}

/** Times and values; the process's, where they are kept more finely than the pools', are looked up at the pools' times. */
function columns(process, owners, top, rest) {
  const length = Object.values(owners.series)[0]?.length ?? 0;
  const times = Array.from({ length }, (_, i) => owners.start + i * owners.step);
  const at = (name) =>
    times.map((time) => process.series[name][Math.round((time - process.start) / process.step)] ?? null);
  const areas = top.map((name) => owners.series[name]);
  if (rest.length) areas.unshift(times.map((_, i) => sum(rest.map((name) => owners.series[name][i]))));
  return [times, ...areas, at('heapUsedBytes'), at('residentBytes')];
}

/** Of what is known; nothing where nothing is. */
function sum(values) {
  const known = values.filter((value) => value !== null);
  return known.length ? known.reduce((a, b) => a + b) : null;
}
