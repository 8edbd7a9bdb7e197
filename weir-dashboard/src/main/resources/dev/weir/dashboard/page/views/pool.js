// One pool: its series, its slots one by one, its settings, and the operator's verbs.
import { h, text, attribute, panel, choice, ask, empty } from '../dom.js';
import { read, change, pool as at } from '../api.js';
import { onTick, onSlots } from '../live.js';
import { chart, columns } from '../chart.js';
import { bytes, count, span, words } from '../format.js';

const SPANS = [['second', '5 minutes'], ['minute', '24 hours']];
const SERIES = ['leased', 'idle', 'opening', 'waiting', 'target', 'leasesPerSecond', 'waitP50Ms', 'waitP99Ms', 'errorsPerSecond', 'grantedBytes'];

/** The charts; they follow the ticks by the second, and are read anew by the minute. */
function charts(name) {
  let resolution = 'second'; let data; let stop = false; let scalings = [];
  const plots = [];
  const place = (title, tall) => { const plot = h('div', { class: 'plot' + (tall ? ' tall' : '') }); const box = panel(title, h('div', { class: 'chart' }, plot)); return { plot, box }; };
  const a = place('Connections'); const b = place('Waiting for a connection'); const c = place('Leases and errors'); const d = place('Memory granted');
  const element = h('div', { class: 'grid2' }, a.box, b.box, c.box, d.box);
  const whole = (value) => value === null ? '–' : count(Math.round(value * 100) / 100);
  function build() {
    const marks = () => scalings.filter((one) => one.pool === name).map((one) => ({ at: one.at / 1000, label: one.from + '→' + one.to }));
    plots.push([chart(a.plot, { label: 'Connections of ' + name + ' by state over time', span: 300, stacked: 3, format: whole, least: 2, marks, series: [{ label: 'Leased', colour: '--leased' }, { label: 'Idle', colour: '--idle' }, { label: 'Opening', colour: '--opening' }, { label: 'Target', colour: '--muted', dash: [5, 4], width: 1.2 }] }), ['leased', 'idle', 'opening', 'target']]);
    plots.push([chart(b.plot, { label: 'Requests waiting and how long they wait over time', span: 300, format: (v) => v === null ? '–' : span(v), right: whole, least: 1, series: [{ label: 'p99 wait', colour: '--p99' }, { label: 'p50 wait', colour: '--p50' }, { label: 'Requests waiting', colour: '--waiting', scale: 'right', dash: [2, 3] }] }), ['waitP99Ms', 'waitP50Ms', 'waiting']]);
    plots.push([chart(c.plot, { label: 'Leases and errors a second over time', span: 300, format: (v) => whole(v) + '/s', right: (v) => whole(v) + '/s', least: 1, series: [{ label: 'Leases', colour: '--rate', fill: .14 }, { label: 'Errors', colour: '--waiting', scale: 'right' }] }), ['leasesPerSecond', 'errorsPerSecond']]);
    plots.push([chart(d.plot, { label: 'Memory granted over time', span: 300, format: bytes, least: 1024, series: [{ label: 'Granted', colour: '--s2', fill: .2 }] }), ['grantedBytes']]);
  }
  function draw() { if (data) plots.forEach(([plot, names]) => plot.show(columns(data, names))); }
  async function load() {
    const [answer, decisions] = await Promise.all([read(at(name) + '/history?resolution=' + resolution).catch(() => undefined), read('scaling').catch(() => [])]);
    if (stop || !answer) return;
    scalings = decisions; data = answer.history; draw();
  }
  function tick(overview, row) {
    if (!data || resolution !== 'second') return;
    const second = Math.floor(overview.at / 1000);
    const values = { leased: row.leased, idle: row.idle, opening: row.opening, waiting: row.waiting, target: row.target, leasesPerSecond: row.leasesPerSecond, waitP50Ms: row.waitP50Ms, waitP99Ms: row.waitP99Ms, errorsPerSecond: row.errorsPerSecond, grantedBytes: row.grantedBytes };
    const length = data.series.leased.length;
    for (let next = data.start + length; next <= second; next++) {
      SERIES.forEach((id) => { data.series[id].push(next === second ? values[id] : null); data.series[id].shift(); });
      data.start++;
    }
    draw();
  }
  const every = setInterval(() => { if (resolution === 'minute') load(); }, 20000);
  return { element, start() { build(); load(); }, load, tick,
    choose(value) { resolution = value; plots.forEach(([plot]) => plot.span(value === 'second' ? 300 : 86400)); load(); },
    stop() { stop = true; clearInterval(every); plots.forEach(([plot]) => plot.destroy()); } };
}

const STATES = ['leased', 'idle', 'opening', 'checking', 'closing'];

/** Every slot as a square; one of them in words. */
function slotMap() {
  const grid = h('div', { class: 'slots', role: 'group', 'aria-label': 'Slots' });
  const info = h('div', { class: 'slot-info' }, h('p', {}, 'Choose a slot to see its connection.'));
  const sum = h('span', { class: 'muted small push' });
  const element = panel('Slots', h('div', { class: 'pad' }, grid, h('ul', { class: 'legend' }, STATES.map((state) => h('li', {}, h('i', { class: state }), state)), h('li', {}, h('i', { class: 'vacant' }), 'vacant')), info));
  element.firstElementChild.append(sum);
  const cells = []; let chosen; let latest = [];
  function cell(i) {
    return cells[i] ??= grid.appendChild(h('button', { type: 'button', class: 'slot vacant', onclick: () => { chosen = chosen === i ? undefined : i; paint(); } }));
  }
  function words2(slot) { return slot ? 'Slot ' + slot.slot + ': ' + slot.state + ' for ' + span(slot.inStateMs) + (slot.holder ? ', by ' + slot.holder : '') : 'Vacant slot'; }
  function paint() {
    cells.forEach((button, i) => attribute(button, 'aria-pressed', String(i === chosen)));
    const slot = latest[chosen];
    const field = (label, value) => h('div', { title: value }, h('span', {}, label), value);
    info.replaceChildren(...(slot ? [field('Slot', (slot.engine ? slot.slot + '' : '') + (slot.doomed ? ', closes on return' : '')), field('State', slot.state + ' for ' + span(slot.inStateMs)), field('Connection open for', span(slot.ageMs)), field('Leases so far', count(slot.leases)),
      field('Memory granted', bytes(slot.bytes)), field('Held by', slot.holder ?? '–'), field('Suspected leak', slot.suspected ? 'yes' : 'no'), field('Pool', slot.engine)] : [h('p', {}, chosen === undefined ? 'Choose a slot to see its connection.' : 'This slot is vacant.')]));
  }
  return { element, show(slots, max) {
    latest = [];
    if (new Set(slots.map((slot) => slot.engine)).size > 1) latest = slots; else slots.forEach((slot) => { latest[slot.slot] = slot; });
    const length = Math.max(latest.length, Math.min(max, 1000));
    grid.classList.toggle('many', length > 80);
    for (let i = 0; i < length; i++) {
      const slot = latest[i]; const button = cell(i);
      attribute(button, 'class', slot ? 'slot ' + slot.state + (slot.suspected ? ' suspected' : '') + (slot.doomed ? ' doomed' : '') : 'slot vacant');
      attribute(button, 'title', words2(slot)); attribute(button, 'aria-label', words2(slot));
      button.style.setProperty('--rest', slot && slot.state === 'idle' ? String(Math.max(.45, 1 - slot.inStateMs / 180000)) : '1');
      text(button, slot && slot.state === 'leased' && length <= 80 && slot.inStateMs >= 1000 ? span(slot.inStateMs).replace(/ min.*/, 'm').replace(' s', 's') : '');
    }
    while (cells.length > length) cells.pop().remove();
    text(sum, slots.length + ' of ' + count(max) + ' in use or at rest');
    if (chosen !== undefined) paint();
  } };
}

/** The settings: those that are safe to change while the pool runs can be. */
function settingsBox(name) {
  const editable = h('div', { class: 'settings' }); const fixed = h('div', { class: 'settings' });
  const save = h('button', { type: 'button', class: 'primary', disabled: true }, 'Save changes');
  const element = panel('Settings', h('div', { class: 'pad' }, editable, h('details', {}, h('summary', {}, 'Set at the start'), fixed), h('div', { class: 'actions' }, save)));
  const inputs = new Map();
  const value = (input) => input.type === 'checkbox' ? input.checked : Number(input.value);
  const dirty = () => [...inputs].filter(([, { input, was }]) => value(input) !== was);
  function check() { inputs.forEach(({ input, was }) => input.classList.toggle('dirty', value(input) !== was)); save.disabled = dirty().length === 0; }
  const title = (id) => words(id.replace(/Ms$/, '')) + (id.endsWith('Ms') ? ', ms' : '');
  function fill({ settings }) {
    editable.replaceChildren(); fixed.replaceChildren(); inputs.clear();
    for (const one of settings) {
      if (one.editable) {
        const input = typeof one.value === 'boolean' ? h('input', { type: 'checkbox', name: one.name, checked: one.value }) : h('input', { type: 'number', name: one.name, min: 0, step: 1, value: one.value });
        input.addEventListener('input', check);
        inputs.set(one.name, { input, was: one.value });
        editable.append(h('label', {}, h('span', {}, title(one.name)), input));
      } else {
        fixed.append(h('div', { class: 'fixed' }, h('span', {}, title(one.name)), h('span', {}, one.value >= 2 ** 62 ? 'no bound' : String(one.value))));
      }
    }
    element.querySelector('.actions').classList.toggle('hide', inputs.size === 0);
    check();
  }
  save.addEventListener('click', async () => {
    const answer = await change('PATCH', at(name) + '/settings', Object.fromEntries(dirty().map(([key, { input }]) => [key, value(input)])), 'Settings of ' + name + ' changed.');
    if (answer) fill(answer);
  });
  const load = () => read(at(name) + '/settings').then((answer) => { if (dirty().length === 0) fill(answer); }).catch(() => {});
  return { element, load };
}

export function mount(root, name) {
  const kind = h('span', { class: 'chip kind' }); const state = h('span', { class: 'chip' });
  const pause = h('button', { type: 'button' }, 'Pause');
  const resize = h('button', { type: 'button' }, 'Resize');
  const evict = h('button', { type: 'button' }, 'Evict');
  const hard = h('button', { type: 'button', class: 'danger' }, 'Evict hard');
  const drain = h('button', { type: 'button', class: 'danger' }, 'Drain');
  [pause, resize, evict, hard, drain].forEach((button) => { button.disabled = true; }); // until the pool is known
  const figures = charts(name); const slots = slotMap(); const settings = settingsBox(name);
  const facts = h('dl', { class: 'tiles' });
  const gone = empty('There is no pool named ' + name + '.'); gone.classList.add('hide');
  let row; let changes;
  const tiles = ['Leased', 'Idle', 'Waiting', 'Oldest wait', 'Leases so far', 'p99 wait', 'Errors so far', 'Memory'].map((label) => { const dd = h('dd'); facts.append(h('div', { class: 'panel tile' }, h('dt', {}, label), dd)); return dd; });
  const post = (verb, body, done) => change('POST', at(name) + '/' + verb, body, done);
  pause.addEventListener('click', () => row.state === 'running' ? post('pause', undefined, name + ' is paused: new requests wait.') : post('resume', undefined, name + ' takes requests again.'));
  evict.addEventListener('click', () => post('evict', { mode: 'soft' }, 'Idle connections close now, leased ones as they come back.'));
  hard.addEventListener('click', async () => { if (await ask('Evict hard', 'Leased connections of ' + name + ' are cut off under their holders, whose work fails.', [], 'Cut them off', true)) post('evict', { mode: 'hard' }, 'Every connection of ' + name + ' is being ended.'); });
  drain.addEventListener('click', async () => { if (await ask('Drain', name + ' takes no more requests, and ends each connection as it comes back. Resume opens it again.', [], 'Drain', true)) post('drain', undefined, name + ' is draining.'); });
  resize.addEventListener('click', async () => {
    const number = (value) => ({ type: 'number', min: 0, max: 10000, step: 1, value, required: true });
    const given = await ask('Resize', 'A lower maximum closes idle connections now, and leased ones as they come back.', [{ name: 'min', label: 'Minimum', attributes: number(row.min) }, { name: 'max', label: 'Maximum', attributes: number(row.max) }], 'Resize');
    if (given && await post('resize', { min: Number(given.min), max: Number(given.max) }, name + ' has ' + given.min + ' to ' + given.max + ' connections now.')) settings.load();
  });
  root.append(h('div', { class: 'head' }, h('a', { href: '#/overview', 'aria-label': 'Back to the overview' }, '← Pools'), h('h1', {}, name), kind, state, h('span', { class: 'actions push' }, pause, resize, evict, hard, drain)),
    gone, facts, h('div', { class: 'head' }, h('h2', {}, 'History'), h('span', { class: 'push' }, choice('Span of time', SPANS, 'second', figures.choose))), figures.element, h('div', { class: 'grid3' }, slots.element, settings.element));
  figures.start(); settings.load();
  const stopTicks = onTick((overview) => {
    row = overview.pools.find((pool) => pool.name === name);
    gone.classList.toggle('hide', Boolean(row));
    if (!row) return;
    text(kind, row.kind); text(state, row.state); attribute(state, 'class', 'chip ' + row.state);
    text(pause, row.state === 'running' ? 'Pause' : 'Resume');
    [pause, resize, drain].forEach((button) => { button.disabled = !row.steerable || row.state === 'ended'; button.title = row.steerable ? '' : 'This pool cannot be steered from here.'; });
    [evict, hard].forEach((button) => { button.disabled = row.governed || row.kind === 'websocket'; });
    [count(row.leased) + ' of ' + count(row.max), count(row.idle), count(row.waiting), span(row.oldestWaitMs), count(row.leases), span(row.waitP99Ms), count(row.errors), bytes(row.grantedBytes)].forEach((value, i) => text(tiles[i], value));
    figures.tick(overview, row);
    if (changes !== undefined && changes !== overview.changes) { figures.load(); settings.load(); }
    changes = overview.changes;
  });
  const stopSlots = onSlots(name, (list) => slots.show(list, row?.kind === 'websocket' ? list.length : row?.max ?? list.length));
  return () => { stopTicks(); stopSlots(); figures.stop(); };
}
