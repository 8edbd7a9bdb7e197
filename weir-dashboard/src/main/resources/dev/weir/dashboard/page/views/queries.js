// Which statements take the time, who holds connections without using them, and what the caches answer.
import { h, text, panel, empty } from '../dom.js';
import { follow } from './follow.js';
import { sortedTable } from '../table.js';
import { bytes, count, percent, span } from '../format.js';

const poolColumn = {
  title: 'Pool',
  value: (row) => row.pool,
  paint: (cell, row) => {
    if (!cell.firstChild) cell.append(h('a', { href: '#/pool/' + encodeURIComponent(row.pool) }, row.pool));
  },
};
const number = (title, value, show) => ({ title, value, show: (row) => show(value(row)), num: true });

/** One line of a statement, and all of it where somebody looks closer. */
const sqlColumn = {
  title: 'Statement',
  value: (row) => row.text,
  wide: true,
  class: 'sql',
  paint: (cell, row) => {
    text(cell, row.text);
    cell.title = row.text;
  },
};

const statements = () =>
  sortedTable({
    label: 'Statements',
    noun: 'statements',
    key: (row) => row.pool + ' ' + row.text,
    sort: 3,
    columns: [
      sqlColumn,
      poolColumn,
      number('Runs', (row) => row.runs, count),
      number('Total', (row) => row.totalMs, span),
      number('Mean', (row) => row.meanMs, span),
      number('Longest', (row) => row.maxMs, span),
      {
        ...number('Errors', (row) => row.errors, count),
        paint: (cell, row) => {
          text(cell, count(row.errors));
          cell.classList.toggle('hot', row.errors > 0);
        },
      },
    ],
  });

const running = () =>
  sortedTable({
    // Equal statements of a pool cannot be told apart, so they are counted off.
    label: 'Running now',
    noun: 'running',
    key: (row) => row.pool + ' ' + row.text + ' ' + row.number,
    sort: 2,
    most: 50,
    columns: [sqlColumn, poolColumn, number('For', (row) => row.forMs, span)],
  });

const share = (row) => (row.heldMs > 0 ? row.busyMs / row.heldMs : 0);

function paintShare(cell, row) {
  if (!cell.firstChild)
    cell.append(h('span', { class: 'meter', 'aria-hidden': 'true' }, h('i', { class: 'leased' })), h('span'));
  cell.firstChild.firstChild.style.width = Math.round(100 * share(row)) + '%';
  text(cell.lastChild, ' ' + percent(row.busyMs, row.heldMs));
}

const callSites = () =>
  sortedTable({
    label: 'Call sites',
    noun: 'call sites',
    key: (row) => row.pool + ' ' + row.site,
    sort: 4,
    columns: [
      { title: 'Borrowed at', value: (row) => row.site, wide: true, class: 'sql' },
      poolColumn,
      { title: 'Used', value: share, num: true, class: 'share', paint: paintShare },
      number('Mean held', (row) => row.heldMs / row.samples, span),
      number('Held', (row) => row.heldMs, span),
      number('Longest', (row) => row.maxHeldMs, span),
      number('Leases looked at', (row) => row.samples, count),
    ],
  });

const hits = (row) => row.hits / Math.max(1, row.hits + row.misses + row.notCached);

const caches = () =>
  sortedTable({
    label: 'Query caches',
    noun: 'caches',
    key: (row) => row.pool,
    sort: 2,
    columns: [
      poolColumn,
      { ...number('Hit rate', hits, count), show: (row) => Math.round(100 * hits(row)) + ' %' },
      number('Hits', (row) => row.hits, count),
      number('Misses', (row) => row.misses, count),
      number('Not cached', (row) => row.notCached, count),
      number('Results', (row) => row.entries, count),
      number('Bytes', (row) => row.bytes, bytes),
    ],
  });

/** A panel with a table, or with words where there is nothing to show. */
function part(title, table, words) {
  const none = empty(words);
  const element = panel(title, table.element, none);
  return {
    element,
    show(rows) {
      table.show(rows);
      table.element.classList.toggle('hide', rows.length === 0);
      none.classList.toggle('hide', rows.length > 0);
    },
  };
}

export function mount(root) {
  const filter = h('input', {
    type: 'search',
    placeholder: 'Filter',
    'aria-label': 'Filter by statement, call site or pool',
  });
  const hint = h('div', { class: 'muted small hide' });
  const parts = {
    running: part('Running now', running(), 'Nothing runs just now.'),
    statements: part('Statements', statements(), 'No statement has run so far.'),
    callSites: part('Call sites', callSites(), 'No lease has been looked at so far: about one in eight is.'),
    caches: part('Query caches', caches(), 'No query has asked to be cached.'),
  };
  let latest;

  function show() {
    const wanted = filter.value.trim().toLowerCase();
    const matches = (row) =>
      !wanted || [row.text, row.site, row.pool].some((word) => word?.toLowerCase().includes(wanted));
    const equals = new Map();
    latest.running.forEach((row) => {
      const name = row.pool + ' ' + row.text;
      row.number = equals.get(name) ?? 0;
      equals.set(name, row.number + 1);
    });
    Object.entries(parts).forEach(([name, its]) => its.show(latest[name].filter(matches)));
    hint.classList.toggle('hide', latest.unmeasured.length === 0);
    text(
      hint,
      'Not looked at: ' +
        latest.unmeasured.slice(0, 12).join(', ') +
        (latest.unmeasured.length > 12 ? ' and ' + (latest.unmeasured.length - 12) + ' more' : '') +
        '. Turn it on with statement-statistics.',
    );
  }

  filter.addEventListener('input', () => {
    if (latest) show();
  });
  root.append(
    h(
      'div',
      { class: 'head' },
      h('h1', {}, 'Queries'),
      h(
        'span',
        { class: 'muted small' },
        'Each literal stands as ?. Used: how much of the time a connection is held the server works on it.',
      ),
      h('span', { class: 'push' }, filter),
    ),
    hint,
    parts.running.element,
    parts.statements.element,
    parts.callSites.element,
    parts.caches.element,
  );
  return follow(
    'queries',
    (queries) => {
      latest = queries;
      show();
    },
    1,
  );
}
