// One row a pool, the budget, and what it comes to.
import { h, text, attribute, panel } from '../dom.js';
import { read } from '../api.js';
import { onTick } from '../live.js';
import { soon } from '../frames.js';
import { spark } from '../chart.js';
import { bytes, count, span } from '../format.js';
import { budgetBar } from './budget.js';

const COLUMNS = [
  ['name', 'Pool', (p) => p.name, 'c-name'],
  ['cap', 'In use', (p) => p.leased / Math.max(1, p.max), 'c-cap'],
  ['leased', 'Leased', (p) => p.leased],
  ['idle', 'Idle', (p) => p.idle, 'c-idle'],
  ['waiting', 'Waiting', (p) => p.waiting],
  ['rate', 'Leases/s', (p) => p.leasesPerSecond],
  ['p99', 'p99 wait', (p) => p.waitP99Ms],
  ['errors', 'Errors', (p) => p.errors],
  ['memory', 'Memory', (p) => p.grantedBytes],
];
const SPARK = 60;
/** Where the style sheet leaves the small lines out. */
const narrow = matchMedia('(max-width: 1180px)');

function tiles() {
  const names = ['Pools', 'Leased', 'Waiting', 'Leases', 'Worst p99 wait', 'Errors', 'Open alerts', 'Resident'];
  const parts = names.map((name) => {
    const value = h('span');
    const unit = h('small');
    const tile = h('div', { class: 'panel tile' }, h('dt', {}, name), h('dd', {}, value, unit));
    return { tile, value, unit };
  });
  const set = (i, value, unit = '', tone = '') => {
    text(parts[i].value, value);
    text(parts[i].unit, unit);
    attribute(parts[i].tile, 'class', 'panel tile ' + tone);
  };
  return {
    element: h(
      'dl',
      { class: 'tiles' },
      parts.map((part) => part.tile),
    ),
    show({ pools, process }) {
      const sum = (f) => pools.reduce((total, pool) => total + f(pool), 0);
      const worst = pools.reduce((most, pool) => Math.max(most, pool.waitP99Ms), 0);
      const errors = sum((p) => p.errorsPerSecond);
      const alerts = sum((p) => p.openAlerts);
      const waiting = sum((p) => p.waiting);
      set(0, count(pools.length));
      set(
        1,
        count(sum((p) => (p.kind === 'websocket' ? 0 : p.leased))),
        'of ' + count(sum((p) => (p.kind === 'websocket' ? 0 : p.max))),
      );
      set(2, count(waiting), '', waiting > 0 ? 'warn' : '');
      set(3, count(Math.round(sum((p) => p.leasesPerSecond))), '/s');
      set(4, ...span(worst).split(' ', 2));
      set(5, count(errors), '/s', errors > 0 ? 'bad' : '');
      set(6, count(alerts), '', alerts > 0 ? 'bad' : '');
      set(7, ...bytes(process.residentBytes || process.heapUsedBytes).split(' '));
    },
  };
}

/** @param spare small lines that no row shows just now */
function poolRow(name, spare) {
  const cells = {};
  const cell = (key, label, extra = '') =>
    (cells[key] = h('span', { role: 'cell', class: 'num ' + extra, 'data-label': label }));
  const segments = ['leased', 'idle', 'opening'].map((state) => h('i', { class: state }));
  const share = h('span');
  const kind = h('span', { class: 'chip kind' });
  const state = h('span', { class: 'chip' });
  const graph = h('span', { role: 'cell', class: 'spark c-spark', 'aria-hidden': 'true' });
  const element = h(
    'a',
    { class: 'row', role: 'row', href: '#/pool/' + encodeURIComponent(name), 'data-pool': name },
    h('span', { role: 'cell', class: 'name c-name' }, h('b', {}, name), kind, state),
    h(
      'span',
      { role: 'cell', class: 'cap c-cap' },
      h('span', { class: 'meter', 'aria-hidden': 'true' }, segments),
      share,
    ),
    cell('leased', 'Leased'),
    cell('idle', 'Idle', 'c-idle'),
    cell('waiting', 'Waiting'),
    cell('rate', 'Leases/s'),
    cell('p99', 'p99 wait'),
    cell('errors', 'Errors'),
    cell('memory', 'Memory'),
    graph,
  );
  const figure = (key, value, shown, hot) => {
    text(cells[key], shown);
    cells[key].classList.toggle('zero', !value);
    cells[key].classList.toggle('hot', Boolean(hot));
  };
  let line;
  let visible = false;
  let history = [];
  let dirty = true;
  let painted;
  let ended = false;
  const draw = () => {
    if (!visible || !dirty || ended || narrow.matches) return;
    line ??= spare.pop()?.move(graph) ?? spark(graph, '--leased');
    line.show(history);
    dirty = false;
  };
  return {
    element,
    name,
    row: undefined,
    /** Whether it is on the screen, or near: a row that nobody sees costs nothing but its history. */
    see(isVisible) {
      visible = isVisible;
      if (visible && this.row) this.paint();
      if (!visible && line) {
        spare.push(line);
        line = undefined;
        dirty = true;
      }
    },
    past(values) {
      history = [...values.slice(-SPARK), ...history].slice(-SPARK);
      dirty = true;
      soon(draw);
    },
    show(pool) {
      this.row = pool;
      history.push(pool.leased);
      if (history.length > SPARK) history.shift();
      dirty = true;
      if (visible || !painted) this.paint();
    },
    paint() {
      soon(draw);
      const pool = this.row;
      if (painted === pool) return;
      painted = pool;
      text(kind, pool.kind);
      text(state, pool.state);
      attribute(state, 'class', 'chip ' + pool.state + (pool.state === 'running' ? ' hide' : ''));
      const most = Math.max(1, pool.max);
      segments.forEach((segment, i) => {
        segment.style.width = (100 * [pool.leased, pool.idle, pool.opening][i]) / most + '%';
      });
      text(share, count(pool.leased) + ' / ' + count(pool.max));
      figure('leased', pool.leased, count(pool.leased));
      figure('idle', pool.idle, count(pool.idle));
      figure('waiting', pool.waiting, count(pool.waiting), pool.waiting);
      figure('rate', pool.leasesPerSecond, count(Math.round(pool.leasesPerSecond)));
      figure('p99', pool.waitP99Ms, span(pool.waitP99Ms));
      figure('errors', pool.errors, count(pool.errors), pool.errorsPerSecond);
      figure('memory', pool.grantedBytes, bytes(pool.grantedBytes));
    },
    destroy() {
      ended = true;
      line?.destroy();
    },
  };
}

export function mount(root) {
  const figures = tiles();
  const bar = budgetBar();
  const filter = h('input', {
    type: 'search',
    placeholder: 'Filter pools',
    'aria-label': 'Filter pools by name, kind or state',
  });
  const labels = h('div', { class: 'row labels', role: 'row' });
  const body = h('div', { role: 'rowgroup' });
  const foot = h('div', { class: 'pools-foot muted small' });
  const rows = new Map();
  const spare = [];
  let sort;
  let descending = false;
  const heads = COLUMNS.map(([key, title, , extra]) =>
    h(
      'span',
      { role: 'columnheader', class: (extra ?? '') + (['name', 'cap'].includes(key) ? '' : ' num') },
      h(
        'button',
        {
          type: 'button',
          onclick: () => {
            descending = sort === key ? !descending : key !== 'name';
            sort = key;
            order();
          },
        },
        title,
      ),
    ),
  );
  labels.append(...heads, h('span', { role: 'columnheader', class: 'c-spark' }, 'Leased, last minute'));
  const seen = new IntersectionObserver(
    (entries) => {
      const last = new Map(entries.map((entry) => [entry.target, entry.isIntersecting]));
      // Those that leave first: they hand their lines to those that come.
      [false, true].forEach((comes) =>
        last.forEach((is, element) => is === comes && byElement.get(element)?.see(comes)),
      );
    },
    { rootMargin: '300px' },
  );
  const byElement = new Map();

  function matches(pool) {
    const wanted = filter.value.trim().toLowerCase();
    return !wanted || [pool.name, pool.kind, pool.state].some((word) => word.toLowerCase().includes(wanted));
  }
  function sift() {
    let visible = 0;
    rows.forEach((row) => {
      const match = row.row && matches(row.row);
      row.element.classList.toggle('hide', !match);
      if (match) visible++;
    });
    text(foot, visible === rows.size ? rows.size + ' pools' : visible + ' of ' + rows.size + ' pools');
  }
  function order() {
    heads.forEach((head, i) =>
      COLUMNS[i][0] === sort
        ? attribute(head, 'aria-sort', descending ? 'descending' : 'ascending')
        : head.removeAttribute('aria-sort'),
    );
    if (!sort) return;
    const by = COLUMNS.find(([key]) => key === sort)[2];
    const sorted = [...rows.values()].sort((a, b) => {
      const x = by(a.row);
      const y = by(b.row);
      return (x < y ? -1 : x > y ? 1 : 0) * (descending ? -1 : 1);
    });
    if (sorted.some((row, i) => body.children[i] !== row.element)) body.append(...sorted.map((row) => row.element));
  }
  function show(overview) {
    figures.show(overview);
    bar.show(overview.budget);
    const names = new Set(overview.pools.map((pool) => pool.name));
    rows.forEach((row, name) => {
      if (!names.has(name)) {
        seen.unobserve(row.element);
        byElement.delete(row.element);
        row.destroy();
        row.element.remove();
        rows.delete(name);
      }
    });
    const added = [];
    for (const pool of overview.pools) {
      let row = rows.get(pool.name);
      if (!row) {
        row = poolRow(pool.name, spare);
        rows.set(pool.name, row);
        byElement.set(row.element, row);
        seen.observe(row.element);
        added.push(row.element);
      }
      row.show(pool);
    }
    if (added.length) {
      body.append(...added);
      past();
    }
    sift();
    if (added.length) order();
  }
  async function past() {
    const activity = await read('pools-activity').catch(() => undefined);
    if (activity) rows.forEach((row, name) => row.past((activity.leased[name] ?? []).map((value) => value ?? 0)));
  }
  filter.addEventListener('input', sift);
  root.append(
    h('div', { class: 'head' }, h('h1', {}, 'Overview'), h('span', { class: 'push' }, filter)),
    figures.element,
    bar.element,
    h('section', { class: 'panel table', role: 'table', 'aria-label': 'Pools' }, labels, body, foot),
  );
  const stop = onTick(show);
  return () => {
    stop();
    seen.disconnect();
    rows.forEach((row) => row.destroy());
    spare.forEach((line) => line.destroy());
  };
}
