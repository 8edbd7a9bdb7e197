// One pool: its series, its slots one by one, its settings, and the operator's verbs.
import { h, text, attribute, choice, ask, empty } from '../dom.js';
import { change, pool as at } from '../api.js';
import { onTick, onSlots } from '../live.js';
import { bytes, count, span } from '../format.js';
import { charts } from './pool-charts.js';
import { slotMap } from './pool-slots.js';
import { settingsBox } from './pool-settings.js';

const SPANS = [
  ['second', '5 minutes'],
  ['minute', '24 hours'],
];

export function mount(root, name) {
  const kind = h('span', { class: 'chip kind' });
  const state = h('span', { class: 'chip' });
  const pause = h('button', { type: 'button' }, 'Pause');
  const resize = h('button', { type: 'button' }, 'Resize');
  const evict = h('button', { type: 'button' }, 'Evict');
  const hard = h('button', { type: 'button', class: 'danger' }, 'Evict hard');
  const drain = h('button', { type: 'button', class: 'danger' }, 'Drain');
  [pause, resize, evict, hard, drain].forEach((button) => {
    button.disabled = true;
  }); // until the pool is known
  const figures = charts(name);
  const slots = slotMap();
  const settings = settingsBox(name);
  const facts = h('dl', { class: 'tiles' });
  const gone = empty('There is no pool named ' + name + '.');
  gone.classList.add('hide');
  let row;
  let changes;
  const tiles = [
    'Leased',
    'Idle',
    'Waiting',
    'Oldest wait',
    'Leases so far',
    'p99 wait',
    'Errors so far',
    'Memory',
  ].map((label) => {
    const dd = h('dd');
    facts.append(h('div', { class: 'panel tile' }, h('dt', {}, label), dd));
    return dd;
  });
  const post = (verb, body, done) => change('POST', at(name) + '/' + verb, body, done);
  pause.addEventListener('click', () =>
    row.state === 'running'
      ? post('pause', undefined, name + ' is paused: new requests wait.')
      : post('resume', undefined, name + ' takes requests again.'),
  );
  evict.addEventListener('click', () =>
    post('evict', { mode: 'soft' }, 'Idle connections close now, leased ones as they come back.'),
  );
  hard.addEventListener('click', async () => {
    if (
      await ask(
        'Evict hard',
        'Leased connections of ' + name + ' are cut off under their holders, whose work fails.',
        [],
        'Cut them off',
        true,
      )
    )
      post('evict', { mode: 'hard' }, 'Every connection of ' + name + ' is being ended.');
  });
  drain.addEventListener('click', async () => {
    if (
      await ask(
        'Drain',
        name + ' takes no more requests, and ends each connection as it comes back. Resume opens it again.',
        [],
        'Drain',
        true,
      )
    )
      post('drain', undefined, name + ' is draining.');
  });
  resize.addEventListener('click', async () => {
    const number = (value) => ({ type: 'number', min: 0, max: 10000, step: 1, value, required: true });
    const given = await ask(
      'Resize',
      'A lower maximum closes idle connections now, and leased ones as they come back.',
      [
        { name: 'min', label: 'Minimum', attributes: number(row.min) },
        { name: 'max', label: 'Maximum', attributes: number(row.max) },
      ],
      'Resize',
    );
    if (
      given &&
      (await post(
        'resize',
        { min: Number(given.min), max: Number(given.max) },
        name + ' has ' + given.min + ' to ' + given.max + ' connections now.',
      ))
    )
      settings.load();
  });
  root.append(
    h(
      'div',
      { class: 'head' },
      h('a', { href: '#/overview', 'aria-label': 'Back to the overview' }, '← Pools'),
      h('h1', {}, name),
      kind,
      state,
      h('span', { class: 'actions push' }, pause, resize, evict, hard, drain),
    ),
    gone,
    facts,
    h(
      'div',
      { class: 'head' },
      h('h2', {}, 'History'),
      h('span', { class: 'push' }, choice('Span of time', SPANS, 'second', figures.choose)),
    ),
    figures.element,
    h('div', { class: 'grid3' }, slots.element, settings.element),
  );
  figures.start();
  settings.load();
  const stopTicks = onTick((overview) => {
    row = overview.pools.find((pool) => pool.name === name);
    gone.classList.toggle('hide', Boolean(row));
    if (!row) return;
    text(kind, row.kind);
    text(state, row.state);
    attribute(state, 'class', 'chip ' + row.state);
    text(pause, row.state === 'running' ? 'Pause' : 'Resume');
    [pause, resize, drain].forEach((button) => {
      button.disabled = !row.steerable || row.state === 'ended';
      button.title = row.steerable ? '' : 'This pool cannot be steered from here.';
    });
    [evict, hard].forEach((button) => {
      button.disabled = row.governed || row.kind === 'websocket';
    });
    [
      count(row.leased) + ' of ' + count(row.max),
      count(row.idle),
      count(row.waiting),
      span(row.oldestWaitMs),
      count(row.leases),
      span(row.waitP99Ms),
      count(row.errors),
      bytes(row.grantedBytes),
    ].forEach((value, i) => text(tiles[i], value));
    figures.tick(overview, row);
    if (changes !== undefined && changes !== overview.changes) {
      figures.load();
      settings.load();
    }
    changes = overview.changes;
  });
  const stopSlots = onSlots(name, (list) =>
    slots.show(list, row?.kind === 'websocket' ? list.length : (row?.max ?? list.length)),
  );
  return () => {
    stopTicks();
    stopSlots();
    figures.stop();
  };
}
