// Leases that outlived their threshold: the verdict, who holds them since when, and where they were taken.
import { h, panel, empty } from '../dom.js';
import { follow } from './follow.js';
import { ago, clock } from '../format.js';

const MEANING = {
  certain: 'nobody can return it any more',
  likely: 'its holder lives, but the connection does nothing',
};

function card(leak) {
  return h(
    'article',
    { class: 'card' },
    h(
      'div',
      { class: 'top' },
      h('span', { class: 'chip ' + leak.verdict }, leak.verdict),
      h('a', { href: '#/pool/' + encodeURIComponent(leak.pool) }, h('b', {}, leak.pool)),
      h('span', {}, 'slot ' + leak.slot),
      h('span', { class: 'muted' }, MEANING[leak.verdict] ?? ''),
      h(
        'span',
        { class: 'push muted small', title: clock(leak.since) },
        'held since ' + clock(leak.since) + ', ' + ago(leak.since),
      ),
    ),
    h('p', { class: 'small' }, h('span', { class: 'muted' }, 'Borrowed by '), leak.holder),
    leak.stack.length
      ? h('pre', { tabindex: 0, 'aria-label': 'Stack of the borrower' }, leak.stack.join('\n'))
      : h('p', { class: 'muted small' }, 'Where it was borrowed is not known; the next ones leave their stacks.'),
  );
}

export function mount(root) {
  const list = h('section', { class: 'panel', 'aria-label': 'Leaks' });
  root.append(
    h(
      'div',
      { class: 'head' },
      h('h1', {}, 'Leaks'),
      h('span', { class: 'muted small' }, 'Leases that have not come back within the leak threshold of their pool.'),
    ),
    list,
  );
  return follow('leaks', (leaks) =>
    list.replaceChildren(...(leaks.length ? leaks.map(card) : [empty('No lease is overdue.')])),
  );
}
