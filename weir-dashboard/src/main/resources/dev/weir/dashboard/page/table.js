// A table that is sorted by its heads and keeps its rows: what has not changed is not touched.
import { h, text, attribute } from './dom.js';

/**
 * A table.
 * @param options label; noun (what the rows are); key (what tells a row from others); most (rows that are drawn); sort (the first column to sort by);
 *   columns [{ title, value (what to sort by), show (what to write; default: value), num, wide, paint (element, row) }]
 */
export function sortedTable(options) {
  const { columns, key, most = 200 } = options;
  const body = h('tbody');
  const foot = h('div', { class: 'pools-foot muted small' });
  const drawn = new Map();
  let rows = [];
  let sort = options.sort ?? 0;
  let descending = Boolean(columns[sort].num);

  const heads = columns.map((column, i) =>
    h(
      'th',
      { class: column.num ? 'num' : '', scope: 'col' },
      h('button', { type: 'button', class: 'plain', onclick: () => sortBy(i) }, column.title),
    ),
  );
  const element = h(
    'div',
    {},
    h(
      'div',
      { class: 'scroll' },
      h('table', { class: 'list stack sorted', 'aria-label': options.label }, h('thead', {}, h('tr', {}, heads)), body),
    ),
    foot,
  );

  function sortBy(i) {
    descending = sort === i ? !descending : Boolean(columns[i].num);
    sort = i;
    draw();
  }

  function make(row) {
    const cells = columns.map((column) =>
      h('td', {
        class: [column.num ? 'num' : '', column.wide ? 'wide' : '', column.class ?? ''].join(' ').trim(),
        'data-label': column.wide ? undefined : column.title,
      }),
    );
    const made = { element: h('tr', {}, cells), cells };
    drawn.set(key(row), made);
    return made;
  }

  function fill(row) {
    const its = drawn.get(key(row)) ?? make(row);
    columns.forEach((column, i) => {
      if (column.paint) column.paint(its.cells[i], row);
      else text(its.cells[i], (column.show ?? column.value)(row));
    });
    return its.element;
  }

  function draw() {
    const { value } = columns[sort];
    const order = descending ? -1 : 1;
    const sorted = [...rows]
      .sort((one, other) => {
        const x = value(one);
        const y = value(other);
        return (x < y ? -1 : x > y ? 1 : 0) * order;
      })
      .slice(0, most);
    heads.forEach((head, i) => {
      if (i === sort) attribute(head, 'aria-sort', descending ? 'descending' : 'ascending');
      else head.removeAttribute('aria-sort');
    });
    const kept = new Set(sorted.map(key));
    drawn.forEach((its, name) => {
      if (!kept.has(name)) {
        its.element.remove();
        drawn.delete(name);
      }
    });
    sorted.map(fill).forEach((line, i) => {
      if (body.children[i] !== line) body.insertBefore(line, body.children[i] ?? null);
    });
    text(foot, (sorted.length < rows.length ? sorted.length + ' of ' : '') + rows.length + ' ' + options.noun);
  }

  return {
    element,
    show(given) {
      rows = given;
      draw();
    },
  };
}
