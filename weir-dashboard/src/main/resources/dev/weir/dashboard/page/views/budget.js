// Who holds what of the memory budget, and what of it is lent.
import { h, text } from '../dom.js';
import { bytes, percent } from '../format.js';

const MOST = 8;

export function budgetBar() {
  const meter = h('div', { class: 'meter', role: 'img' });
  const legend = h('ul', { class: 'legend' });
  const sum = h('span', { class: 'muted small push' });
  const element = h(
    'section',
    { class: 'panel budget', 'aria-label': 'Memory budget' },
    h('header', {}, h('h2', {}, 'Memory budget'), sum),
    h('div', { class: 'pad' }, meter, legend),
  );
  const parts = [];
  function part(i) {
    if (!parts[i]) {
      const colour = 'var(--s' + i + ')';
      const segment = h('i');
      const key = h('i');
      const name = h('span');
      const held = h('b');
      const rest = h('span');
      segment.style.background = colour;
      key.style.background = colour;
      const item = h('li', {}, key, name, held, rest);
      meter.append(segment);
      legend.append(item);
      parts[i] = { segment, name, held, rest, item };
    }
    return parts[i];
  }
  return {
    element,
    show(budget) {
      const sorted = [...budget.accounts].sort((a, b) => b.grantedBytes - a.grantedBytes);
      const shown = sorted.slice(0, MOST).map((account) => ({
        name: account.name,
        granted: account.grantedBytes,
        lent: account.lentBytes,
        floor: account.floorBytes,
        wants: account.demandBytes,
      }));
      const others = sorted.slice(MOST);
      if (others.length)
        shown.push({
          name: others.length + ' others',
          granted: others.reduce((total, one) => total + one.grantedBytes, 0),
          lent: 0,
          floor: 0,
          wants: 0,
        });
      const whole = budget.limitBytes ?? Math.max(1, budget.grantedBytes);
      shown.forEach((one, i) => {
        const its = part(i);
        its.segment.style.width = (100 * one.granted) / whole + '%';
        its.segment.title = one.name + ': ' + bytes(one.granted);
        text(its.name, one.name);
        text(its.held, bytes(one.granted));
        text(
          its.rest,
          (one.lent > 0 ? ' ' + bytes(one.lent) + ' lent' : '') +
            (one.wants > 0 ? ' wants ' + bytes(one.wants) + ' more' : ''),
        );
        its.item.classList.remove('hide');
      });
      parts.slice(shown.length).forEach((rest) => {
        rest.segment.style.width = '0';
        rest.item.classList.add('hide');
      });
      const limit =
        budget.limitBytes === null
          ? 'no limit'
          : percent(budget.grantedBytes, budget.limitBytes) + ' of ' + bytes(budget.limitBytes);
      text(sum, bytes(budget.grantedBytes) + ' granted, ' + limit);
      meter.setAttribute('aria-label', sum.textContent);
    },
  };
}
