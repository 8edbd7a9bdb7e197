// Socket.IO servers: who is connected, what waits for whom, and what was dropped or refused.
import { h, panel, empty } from '../dom.js';
import { follow } from './follow.js';
import { bytes, count, words } from '../format.js';

const FIGURES = [
  ['sessions', 'Connections', count],
  ['trackedAddresses', 'Addresses', count],
  ['queuedBytes', 'Queued', bytes],
  ['memoryBytes', 'Held for clients', bytes],
  ['packetsOut', 'Packets sent', count],
  ['dropped', 'Dropped', count],
  ['recovered', 'Recovered', count],
  ['handlerFailures', 'Handler failures', count],
];
const table = (heads, rows) =>
  h(
    'div',
    { class: 'scroll' },
    h(
      'table',
      { class: 'list' },
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          heads.map((head, i) => h('th', { class: i ? 'num' : '' }, head)),
        ),
      ),
      h(
        'tbody',
        {},
        rows.map((row) =>
          h(
            'tr',
            {},
            row.map((cell, i) => h('td', { class: i ? 'num' : 'mono' }, cell)),
          ),
        ),
      ),
    ),
  );
const counts = (title, map) => {
  const rows = Object.entries(map).filter(([, value]) => value > 0);
  return panel(
    title,
    rows.length
      ? table(
          [title, 'Times'],
          rows.map(([name, value]) => [words(name.toLowerCase().replaceAll('_', ' ')), count(value)]),
        )
      : empty('None so far.'),
  );
};

function server(one) {
  const slow = one.connections.filter((connection) => connection.queued > 0);
  return [
    h('div', { class: 'head' }, h('h2', {}, one.name), h('span', { class: 'mono muted' }, one.address)),
    h(
      'dl',
      { class: 'tiles' },
      FIGURES.map(([key, label, format]) => {
        const tone = (key === 'dropped' || key === 'handlerFailures') && one.statistics[key] > 0 ? ' warn' : '';
        return h('div', { class: 'panel tile' + tone }, h('dt', {}, label), h('dd', {}, format(one.statistics[key])));
      }),
    ),
    h(
      'div',
      { class: 'grid2' },
      panel(
        'By address',
        one.addresses.length
          ? table(
              ['Address', 'Connections', 'Heap', 'Queued'],
              one.addresses.map((row) => [row.address, count(row.connections), bytes(row.heap), bytes(row.queued)]),
            )
          : empty('Nobody is connected.'),
      ),
      panel(
        'Slow readers',
        slow.length
          ? table(
              ['Address', 'Queued', 'Heap', 'In the kernel, at most'],
              slow.map((row) => [row.address, bytes(row.queued), bytes(row.heap), bytes(row.kernelLimit)]),
            )
          : empty('Nothing waits for anybody.'),
      ),
      counts('Refused', one.statistics.refusals),
      counts('Closed', one.statistics.closes),
    ),
  ];
}

export function mount(root) {
  const list = h('div', { class: 'servers' });
  root.append(h('div', { class: 'head' }, h('h1', {}, 'Sockets')), list);
  list.style.display = 'contents';
  return follow('sockets', (servers) => list.replaceChildren(...servers.flatMap(server)), 2);
}
