// The slots of a pool, one by one.
import { h, text, attribute, panel } from '../dom.js';
import { bytes, count, span } from '../format.js';

const STATES = ['leased', 'idle', 'opening', 'checking', 'closing'];

/** Every slot as a square; one of them in words. */
export function slotMap() {
  const grid = h('div', { class: 'slots', role: 'group', 'aria-label': 'Slots' });
  const info = h('div', { class: 'slot-info' }, h('p', {}, 'Choose a slot to see its connection.'));
  const sum = h('span', { class: 'muted small push' });
  const element = panel(
    'Slots',
    h(
      'div',
      { class: 'pad' },
      grid,
      h(
        'ul',
        { class: 'legend' },
        STATES.map((state) => h('li', {}, h('i', { class: state }), state)),
        h('li', {}, h('i', { class: 'vacant' }), 'vacant'),
      ),
      info,
    ),
  );
  element.firstElementChild.append(sum);
  const cells = [];
  let chosen;
  let latest = [];
  function cell(i) {
    return (cells[i] ??= grid.appendChild(
      h('button', {
        type: 'button',
        class: 'slot vacant',
        onclick: () => {
          chosen = chosen === i ? undefined : i;
          paint();
        },
      }),
    ));
  }
  const named = (slot) =>
    slot ? 'Slot ' + slot.slot + ': ' + slot.state + (slot.holder ? ', by ' + slot.holder : '') : 'Vacant slot';
  /** How pale a slot at rest is, in few steps, so that most stay as they are from one second to the next. */
  const pale = (slot) =>
    slot && slot.state === 'idle' ? String(Math.max(0.45, Math.round(20 - slot.inStateMs / 9000) / 20)) : '1';
  const rest = [];
  // Only the one that somebody points at needs to say for how long.
  grid.addEventListener('pointerover', (event) => {
    const slot = latest[cells.indexOf(event.target)];
    if (slot) event.target.title = named(slot) + ', for ' + span(slot.inStateMs);
  });
  function paint() {
    cells.forEach((button, i) => attribute(button, 'aria-pressed', String(i === chosen)));
    const slot = latest[chosen];
    const field = (label, value) => h('div', { title: value }, h('span', {}, label), value);
    info.replaceChildren(
      ...(slot
        ? [
            field('Slot', (slot.engine ? slot.slot + '' : '') + (slot.doomed ? ', closes on return' : '')),
            field('State', slot.state + ' for ' + span(slot.inStateMs)),
            field('Connection open for', span(slot.ageMs)),
            field('Leases so far', count(slot.leases)),
            field('Memory granted', bytes(slot.bytes)),
            field('Held by', slot.holder ?? '–'),
            field('Suspected leak', slot.suspected ? 'yes' : 'no'),
            field('Pool', slot.engine),
          ]
        : [h('p', {}, chosen === undefined ? 'Choose a slot to see its connection.' : 'This slot is vacant.')]),
    );
  }
  return {
    element,
    show(slots, max) {
      latest = [];
      if (new Set(slots.map((slot) => slot.engine)).size > 1) latest = slots;
      else
        slots.forEach((slot) => {
          latest[slot.slot] = slot;
        });
      const length = Math.max(latest.length, Math.min(max, 1000));
      grid.classList.toggle('many', length > 80);
      for (let i = 0; i < length; i++) {
        const slot = latest[i];
        const button = cell(i);
        attribute(
          button,
          'class',
          slot
            ? 'slot ' + slot.state + (slot.suspected ? ' suspected' : '') + (slot.doomed ? ' doomed' : '')
            : 'slot vacant',
        );
        attribute(button, 'aria-label', named(slot));
        if (rest[i] !== pale(slot)) {
          rest[i] = pale(slot);
          button.style.setProperty('--rest', rest[i]);
        }
        text(
          button,
          slot && slot.state === 'leased' && length <= 80 && slot.inStateMs >= 1000
            ? span(slot.inStateMs)
                .replace(/ min.*/, 'm')
                .replace(' s', 's')
            : '',
        );
      }
      while (cells.length > length) {
        cells.pop().remove();
        rest.length = cells.length;
      }
      text(sum, slots.length + ' of ' + count(max) + ' in use or at rest');
      if (chosen !== undefined) paint();
    },
  };
}
