// What changes of settings would save, as the analyzer predicts it, and what those that were made have saved.
import { h, panel } from '../dom.js';
import { bytes } from '../format.js';

export function adviceBox() {
  const cards = h('div');
  const element = panel('Advice', cards);
  element.classList.add('hide');
  return {
    element,
    show(report) {
      const advice = report?.advice ?? [];
      element.classList.toggle('hide', advice.length === 0);
      cards.replaceChildren(...advice.map(card));
    },
  };
}

function card(advice) {
  const made = advice.outcomeBytes !== null && advice.outcomeBytes !== undefined;
  const predicted = bytes(advice.savesBytes) + ' (' + bytes(advice.lowBytes) + ' to ' + bytes(advice.highBytes) + ')';
  return h(
    'article',
    { class: 'card' },
    h(
      'div',
      { class: 'top' },
      h('span', { class: 'chip ' + (made ? 'good' : 'warn') }, made ? 'done' : 'open'),
      h('a', { href: '#/pool/' + encodeURIComponent(advice.pool) }, h('b', {}, advice.pool)),
      h('span', {}, advice.setting + ' ' + advice.from + ' → ' + advice.to),
      h(
        'span',
        { class: 'push' },
        made
          ? ['predicted ' + predicted + ', saved ', h('b', {}, bytes(advice.outcomeBytes))]
          : ['would save ', h('b', {}, predicted)],
      ),
    ),
    h('p', { class: 'small' }, h('span', { class: 'muted' }, 'Costs '), advice.costs),
    h('p', { class: 'small' }, h('span', { class: 'muted' }, 'Predicted from '), advice.basis),
  );
}
