// Who owns the process's memory: over time, now by owner and place, and what nobody explains.
import { h, text, panel, choice, empty } from '../dom.js';
import { read } from '../api.js';
import { chart } from '../chart.js';
import { bytes, clock } from '../format.js';

const TOP = 7;
const PLACES = [['serverSide', 'Server'], ['heapExclusive', 'Heap'], ['inFlight', 'In flight'], ['direct', 'Direct'], ['threads', 'Threads'], ['kernelSockets', 'Sockets']];
const MARK = 'weir-mark';

/** The owners of a report, or, without an analyzer, what the pools tell of themselves. */
function owners({ report, usage }) {
  if (report) return report.owners.map((owner) => ({ name: owner.name, type: owner.type, connections: owner.connections, active: owner.active, places: owner.columns, bytes: owner.bytes, low: owner.lowBytes, high: owner.highBytes, confidence: owner.confidence.toLowerCase(), evidence: owner.evidence, lastActive: owner.lastActive, opened: owner.allocations, ended: owner.deallocations }));
  return usage.pools.map((pool) => {
    const sum = (basis) => pool.figures.filter((figure) => !basis || figure.basis === basis).reduce((total, figure) => total + figure.bytes, 0);
    const all = sum();
    return { name: pool.pool, type: 'pool', connections: pool.figures.filter((figure) => figure.kind === 'CONNECTIONS').reduce((total, figure) => total + figure.count, 0), bytes: all, low: sum('MEASURED'), high: all, confidence: sum('ESTIMATED') === 0 ? 'high' : sum('MEASURED') > 0 ? 'medium' : 'low', evidence: pool.figures.filter((figure) => figure.bytes > 0).map((figure) => figure.kind.toLowerCase() + ': ' + bytes(figure.bytes) + ', ' + figure.basis.toLowerCase() + ' (' + figure.how + ')') };
  }).sort((a, b) => b.bytes - a.bytes);
}

function treemap(host, list, unexplained) {
  const items = list.filter((owner) => owner.bytes > 0).map((owner, i) => ({ name: owner.name, value: owner.bytes, colour: 'var(--s' + Math.min(i, 8) + ')' }));
  if (unexplained > 0) items.push({ name: 'Unexplained', value: unexplained, unexplained: true });
  const tree = d3.treemap().size([host.clientWidth, host.clientHeight]).padding(2).round(true)(d3.hierarchy({ children: items }).sum((item) => item.value ?? 0).sort((a, b) => b.value - a.value));
  host.replaceChildren(...(items.length ? tree.leaves() : []).map((leaf) => {
    const box = h('div', { title: leaf.data.name + ': ' + bytes(leaf.value), class: leaf.data.unexplained ? 'unexplained' : '' });
    Object.assign(box.style, { left: leaf.x0 + 'px', top: leaf.y0 + 'px', width: leaf.x1 - leaf.x0 + 'px', height: leaf.y1 - leaf.y0 + 'px' });
    if (leaf.data.colour) box.style.background = leaf.data.colour;
    if (leaf.x1 - leaf.x0 > 54 && leaf.y1 - leaf.y0 > 26) box.append(h('b', {}, leaf.data.name), bytes(leaf.value));
    return box;
  }));
}

export function mount(root) {
  let resolution = 'second'; let plot; let names; let stopped = false; let latest;
  const area = h('div', { class: 'plot tall' });
  const over = panel('Memory over time', h('div', { class: 'chart' }, area));
  const map = h('div', { class: 'treemap', role: 'img', 'aria-label': 'Memory by owner' });
  const mapNote = h('span', { class: 'muted small push' });
  const mapBox = panel('By owner, now', map); mapBox.firstElementChild.append(mapNote);
  const table = h('div', { class: 'scroll' }); const marked = h('span', { class: 'muted small' });
  const mark = h('button', { type: 'button' }, 'Mark as before'); const unmark = h('button', { type: 'button', class: 'hide' }, 'Forget the mark');
  const tableBox = panel('Owners', table); tableBox.firstElementChild.append(h('span', { class: 'actions push' }, marked, mark, unmark));
  const closing = h('div', { class: 'scroll' }); const closingBox = panel('The process’s account', closing);
  const notes = h('div', { class: 'pad muted small' }); const noteBox = panel('Notes', notes);
  root.append(h('div', { class: 'head' }, h('h1', {}, 'Memory'), h('span', { class: 'push' }, choice('Span of time', [['second', '5 minutes'], ['minute', '24 hours']], 'second', (value) => { resolution = value; plot?.destroy(); plot = undefined; history(); }))), over, mapBox, tableBox, closingBox, noteBox);

  async function history() {
    const answer = await read('memory/history?resolution=' + resolution).catch(() => undefined);
    if (!answer || stopped) return;
    const { process, owners: held } = answer;
    const weight = (values) => values.reduce((most, value) => Math.max(most, value ?? 0), 0);
    const sorted = Object.keys(held.series).sort((a, b) => weight(held.series[b]) - weight(held.series[a])).filter((name) => weight(held.series[name]) > 0);
    const top = sorted.slice(0, TOP).reverse(); const rest = sorted.slice(TOP);
    const wanted = [...top, rest.length ? 'others' : ''].join('\n');
    if (!plot || names !== wanted) {
      plot?.destroy(); area.replaceChildren(); names = wanted;
      const series = top.map((name) => ({ label: name, colour: '--s' + sorted.indexOf(name) }));
      if (rest.length) series.unshift({ label: rest.length + ' others', colour: '--s8' });
      plot = chart(area, { label: 'Memory granted to each pool, stacked, over time, and the heap in use', span: resolution === 'second' ? 300 : 86400, stacked: series.length, format: bytes, right: bytes, least: 1024,
        series: [...series, { label: 'Heap in use (right)', colour: '--muted', scale: 'right', dash: [4, 3], width: 1.2 }, { label: 'Resident (right)', colour: '--text', scale: 'right', width: 1.2 }] });
    }
    // Both are kept at the same times unless there are very many pools; then the finer one is looked up at the coarser's.
    const step = held.step; const length = Object.values(held.series)[0]?.length ?? 0;
    const times = Array.from({ length }, (_, i) => held.start + i * step);
    const at = (name) => times.map((time) => process.series[name][Math.round((time - process.start) / process.step)] ?? null);
    const columns = top.map((name) => held.series[name]);
    if (rest.length) columns.unshift(times.map((_, i) => { const values = rest.map((name) => held.series[name][i]).filter((value) => value !== null); return values.length ? values.reduce((a, b) => a + b) : null; }));
    plot.show([times, ...columns, at('heapUsedBytes'), at('residentBytes')]);
  }

  const before = () => JSON.parse(sessionStorage.getItem(MARK) ?? 'null');
  async function now() {
    const answer = await read('memory').catch(() => undefined);
    if (!answer || stopped) return;
    latest = answer; draw();
  }
  function draw() {
    if (!latest) return;
    const list = owners(latest); const { report } = latest;
    const unexplained = report?.process.length ? report.process.at(-1).figure.bytes : 0;
    treemap(map, list, unexplained);
    text(mapNote, report ? 'measured ' + clock(Date.parse(report.takenAt)) + ', resident ' + bytes(report.residentBytes) + (unexplained ? ', unexplained ' + bytes(unexplained) : '') : 'as the pools tell of themselves');
    const was = before();
    text(marked, was ? 'Before: ' + clock(was.at) : ''); unmark.classList.toggle('hide', !was);
    const figure = (place) => place ? h('span', { title: place.how, class: place.basis === 'ESTIMATED' ? 'basis' : '' }, place.basis === 'UNKNOWN' ? '–' : (place.basis === 'ESTIMATED' ? '~' : '') + bytes(place.bytes)) : '–';
    const td = (label, content, more = {}) => h('td', { ...more, 'data-label': label, class: 'num ' + (more.class ?? '') }, content);
    const places = list.some((owner) => owner.places) ? PLACES : [];
    const delta = (owner) => { const change = owner.bytes - (was.bytes[owner.name] ?? 0); return h('span', { class: change > 0 ? 'up' : change < 0 ? 'down' : '' }, (change > 0 ? '+' : '') + bytes(change)); };
    table.replaceChildren(list.length ? h('table', { class: 'list stack' }, h('thead', {}, h('tr', {}, h('th', {}, 'Owner'), h('th', {}, 'Type'), h('th', { class: 'num' }, 'Connections'), places.map(([, label]) => h('th', { class: 'num' }, label)), h('th', { class: 'num' }, 'Total'), h('th', { class: 'num' }, 'Range'), was ? h('th', { class: 'num' }, 'Since mark') : null, h('th', {}, 'Confidence'))),
      h('tbody', {}, list.map((owner) => h('tr', {}, h('td', { class: 'wide' }, h('b', {}, owner.name)), h('td', {}, owner.type), td('Connections', String(owner.connections) + (owner.active ? ' (' + owner.active + ' active)' : '')), places.map(([key, label]) => td(label, figure(owner.places?.[key]))), td('Total', h('b', {}, bytes(owner.bytes))), td('Range', bytes(owner.low) + ' – ' + bytes(owner.high)), was ? td('Since mark', delta(owner)) : null, h('td', { 'data-label': 'Confidence', title: (owner.evidence ?? []).join('\n') }, h('span', { class: 'chip ' + (owner.confidence === 'high' ? 'good' : owner.confidence === 'medium' ? 'warn' : '') }, owner.confidence)))))) : empty('No pool holds memory.'));
    closingBox.classList.toggle('hide', !report?.process.length);
    noteBox.classList.toggle('hide', !report?.notes.length);
    if (report) {
      closing.replaceChildren(h('table', { class: 'list' }, h('tbody', {}, report.process.map((line) => h('tr', {}, h('td', {}, line.name), h('td', { class: 'num' }, (line.figure.basis === 'ESTIMATED' ? '~' : '') + bytes(line.figure.bytes)), h('td', { class: 'muted small' }, line.figure.how)))), h('tfoot', {}, h('tr', {}, h('td', {}, 'Resident set'), h('td', { class: 'num' }, bytes(report.residentBytes)), h('td', {})))));
      notes.replaceChildren(...report.notes.map((note) => h('p', {}, note)));
    }
  }
  mark.addEventListener('click', () => { sessionStorage.setItem(MARK, JSON.stringify({ at: Date.now(), bytes: Object.fromEntries(owners(latest ?? { usage: { pools: [] } }).map((owner) => [owner.name, owner.bytes])) })); draw(); });
  unmark.addEventListener('click', () => { sessionStorage.removeItem(MARK); draw(); });
  const sizes = new ResizeObserver(draw); sizes.observe(map);
  history(); now();
  const every = setInterval(() => { if (!document.hidden) { history(); now(); } }, 5000);
  return () => { stopped = true; clearInterval(every); sizes.disconnect(); plot?.destroy(); };
}
