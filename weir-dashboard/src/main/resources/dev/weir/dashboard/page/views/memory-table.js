// The owners of memory in a table, place by place, and what has changed since a mark.
import { h, text, panel, empty } from '../dom.js';
import { bytes, clock } from '../format.js';

const MARK = 'weir-mark';
const PLACES = [
  ['serverSide', 'Server'],
  ['heapExclusive', 'Heap'],
  ['inFlight', 'In flight'],
  ['direct', 'Direct'],
  ['threads', 'Threads'],
  ['kernelSockets', 'Sockets'],
];

/** @param redraw called when the mark has changed */
export function ownersTable(redraw) {
  let shown = [];
  const table = h('div', { class: 'scroll' });
  const marked = h('span', { class: 'muted small' });
  const mark = h('button', { type: 'button' }, 'Mark as before');
  const unmark = h('button', { type: 'button', class: 'hide' }, 'Forget the mark');
  const element = panel('Owners', table);
  element.firstElementChild.append(h('span', { class: 'actions push' }, marked, mark, unmark));
  mark.addEventListener('click', () => {
    const held = Object.fromEntries(shown.map((owner) => [owner.name, owner.bytes]));
    sessionStorage.setItem(MARK, JSON.stringify({ at: Date.now(), bytes: held }));
    redraw();
  });
  unmark.addEventListener('click', () => {
    sessionStorage.removeItem(MARK);
    redraw();
  });
  return {
    element,
    show(list) {
      shown = list;
      const was = JSON.parse(sessionStorage.getItem(MARK) ?? 'null');
      text(marked, was ? 'Before: ' + clock(was.at) : '');
      unmark.classList.toggle('hide', !was);
      table.replaceChildren(list.length ? whole(list, was) : empty('No pool holds memory.'));
    },
  };
}

function whole(list, was) {
  const places = list.some((owner) => owner.places) ? PLACES : [];
  const th = (label) => h('th', { scope: 'col' }, label);
  const num = (label) => h('th', { scope: 'col', class: 'num' }, label);
  return h(
    'table',
    { class: 'list stack' },
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        th('Owner'),
        th('Type'),
        num('Connections'),
        places.map(([, label]) => num(label)),
        num('Total'),
        num('Range'),
        was ? num('Since mark') : null,
        th('Confidence'),
      ),
    ),
    h(
      'tbody',
      {},
      list.map((owner) => row(owner, places, was)),
    ),
  );
}

function row(owner, places, was) {
  const td = (label, content) => h('td', { 'data-label': label, class: 'num' }, content);
  const active = owner.active ? ' (' + owner.active + ' active)' : '';
  const evidence = (owner.evidence ?? []).join('\n');
  return h(
    'tr',
    {},
    h('td', { class: 'wide' }, h('b', {}, owner.name)),
    h('td', {}, owner.type),
    td('Connections', owner.connections + active),
    places.map(([key, label]) => td(label, place(owner.places?.[key]))),
    td('Total', h('b', {}, bytes(owner.bytes))),
    td('Range', bytes(owner.low) + ' – ' + bytes(owner.high)),
    was ? td('Since mark', change(owner.bytes - (was.bytes[owner.name] ?? 0))) : null,
    h('td', { 'data-label': 'Confidence', title: evidence }, confidence(owner.confidence)),
  );
}

function place(figure) {
  if (!figure) return '–';
  const estimated = figure.basis === 'ESTIMATED';
  const size = figure.basis === 'UNKNOWN' ? '–' : (estimated ? '~' : '') + bytes(figure.bytes);
  return h('span', { title: figure.how, class: estimated ? 'basis' : '' }, size);
}

function change(difference) {
  const direction = difference > 0 ? 'up' : difference < 0 ? 'down' : '';
  return h('span', { class: direction }, (difference > 0 ? '+' : '') + bytes(difference));
}

function confidence(level) {
  const colour = { high: ' good', medium: ' warn' }[level] ?? '';
  return h('span', { class: 'chip' + colour }, level);
}
