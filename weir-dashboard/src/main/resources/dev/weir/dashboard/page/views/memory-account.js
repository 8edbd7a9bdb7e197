// The lines that add up to the resident set, the last of which nobody explains.
import { h, panel } from '../dom.js';
import { bytes } from '../format.js';

export function accountBox() {
  const lines = h('div', { class: 'scroll' });
  const element = panel('The process’s account', lines);
  return {
    element,
    show(report) {
      const known = Boolean(report?.process.length);
      element.classList.toggle('hide', !known);
      lines.replaceChildren(...(known ? [table(report)] : []));
    },
  };
}

function table(report) {
  return h(
    'table',
    { class: 'list' },
    h('tbody', {}, report.process.map(line)),
    h(
      'tfoot',
      {},
      h('tr', {}, h('td', {}, 'Resident set'), h('td', { class: 'num' }, bytes(report.residentBytes)), h('td', {})),
    ),
  );
}

function line({ name, figure }) {
  const size = (figure.basis === 'ESTIMATED' ? '~' : '') + bytes(figure.bytes);
  return h(
    'tr',
    {},
    h('td', {}, name),
    h('td', { class: 'num' }, size),
    h('td', { class: 'muted small' }, figure.how),
  );
}
