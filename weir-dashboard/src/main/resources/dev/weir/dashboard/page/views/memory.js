// Who owns the process's memory: over time, now by owner and place, what would save some, and what nobody explains.
import { h, panel, choice } from '../dom.js';
import { read } from '../api.js';
import { owners } from './memory-owners.js';
import { ownersTable } from './memory-table.js';
import { ownersMap } from './memory-map.js';
import { memoryHistory } from './memory-history.js';
import { adviceBox } from './memory-advice.js';
import { accountBox } from './memory-account.js';

const EVERY_MS = 5000;

export function mount(root) {
  let stopped = false;
  let latest;
  const over = memoryHistory();
  const map = ownersMap();
  const advice = adviceBox();
  const table = ownersTable(() => draw());
  const account = accountBox();
  const notes = h('div', { class: 'pad muted small' });
  const noteBox = panel('Notes', notes);
  const spans = [
    ['second', '5 minutes'],
    ['minute', '24 hours'],
  ];
  root.append(
    h(
      'div',
      { class: 'head' },
      h('h1', {}, 'Memory'),
      h('span', { class: 'push' }, choice('Span of time', spans, 'second', over.choose)),
    ),
    over.element,
    map.element,
    advice.element,
    table.element,
    account.element,
    noteBox,
  );

  async function look() {
    over.load();
    const answer = await read('memory').catch(() => undefined);
    if (!answer || stopped) return;
    latest = answer;
    draw();
  }

  function draw() {
    if (!latest) return;
    const list = owners(latest);
    const { report } = latest;
    map.show(list, report);
    advice.show(report);
    table.show(list);
    account.show(report);
    noteBox.classList.toggle('hide', !report?.notes.length);
    notes.replaceChildren(...(report?.notes ?? []).map((note) => h('p', {}, note)));
  }

  const sizes = new ResizeObserver(draw);
  sizes.observe(map.host);
  look();
  const every = setInterval(() => {
    if (!document.hidden) look();
  }, EVERY_MS);
  return () => {
    stopped = true;
    clearInterval(every);
    sizes.disconnect();
    over.stop();
  };
}
