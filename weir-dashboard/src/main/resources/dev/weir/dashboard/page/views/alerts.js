// Alerts that are open, and what was raised and cleared before.
import { h, panel, empty } from '../dom.js';
import { follow } from './follow.js';
import { ago, clock, span } from '../format.js';

const link = (pool) => h('a', { href: '#/pool/' + encodeURIComponent(pool) }, h('b', {}, pool));

export function mount(root) {
  const open = h('div', { id: 'open-alerts' });
  const past = h('div', { class: 'scroll' });
  root.append(h('div', { class: 'head' }, h('h1', {}, 'Alerts')), panel('Open now', open), panel('Before', past));
  return follow(
    'alerts',
    (alerts) => {
      open.replaceChildren(
        ...(alerts.open.length
          ? alerts.open.map((alert) =>
              h(
                'article',
                { class: 'card' },
                h(
                  'div',
                  { class: 'top' },
                  h('span', { class: 'chip open' }, 'open'),
                  h('b', {}, alert.rule),
                  link(alert.pool),
                  h(
                    'span',
                    { class: 'push muted small', title: clock(alert.at) },
                    'for ' + span(Date.now() - alert.at),
                  ),
                ),
                h('p', {}, alert.message),
              ),
            )
          : [empty('No alert is open.')]),
      );
      past.replaceChildren(
        alerts.past.length
          ? h(
              'table',
              { class: 'list stack' },
              h(
                'thead',
                {},
                h(
                  'tr',
                  {},
                  ['Time', 'Pool', 'Rule', '', 'What'].map((title) => h('th', {}, title)),
                ),
              ),
              h(
                'tbody',
                {},
                alerts.past.map((alert) =>
                  h(
                    'tr',
                    {},
                    h('td', { class: 'num', title: ago(alert.at) }, clock(alert.at)),
                    h('td', {}, link(alert.pool)),
                    h('td', {}, alert.rule),
                    h(
                      'td',
                      {},
                      h(
                        'span',
                        { class: 'chip ' + (alert.cleared ? 'good' : 'bad') },
                        alert.cleared ? 'cleared' : 'raised',
                      ),
                    ),
                    h('td', { class: 'wide' }, alert.cleared ? 'after ' + span(alert.lastedMs) : alert.message),
                  ),
                ),
              ),
            )
          : empty('Nothing was raised so far.'),
      );
    },
    5,
  );
}
