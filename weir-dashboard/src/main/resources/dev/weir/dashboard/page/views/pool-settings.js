// The settings of a pool.
import { h, panel } from '../dom.js';
import { read, change, pool as at } from '../api.js';
import { words } from '../format.js';

/** The settings: those that are safe to change while the pool runs can be. */
export function settingsBox(name) {
  const editable = h('div', { class: 'settings' });
  const fixed = h('div', { class: 'settings' });
  const save = h('button', { type: 'button', class: 'primary', disabled: true }, 'Save changes');
  const element = panel(
    'Settings',
    h(
      'div',
      { class: 'pad' },
      editable,
      h('details', {}, h('summary', {}, 'Set at the start'), fixed),
      h('div', { class: 'actions' }, save),
    ),
  );
  const inputs = new Map();
  const value = (input) => (input.type === 'checkbox' ? input.checked : Number(input.value));
  const dirty = () => [...inputs].filter(([, { input, was }]) => value(input) !== was);
  function check() {
    inputs.forEach(({ input, was }) => input.classList.toggle('dirty', value(input) !== was));
    save.disabled = dirty().length === 0;
  }
  const title = (id) => words(id.replace(/Ms$/, '')) + (id.endsWith('Ms') ? ', ms' : '');
  function fill({ settings }) {
    editable.replaceChildren();
    fixed.replaceChildren();
    inputs.clear();
    for (const one of settings) {
      if (one.editable) {
        const input =
          typeof one.value === 'boolean'
            ? h('input', { type: 'checkbox', name: one.name, checked: one.value })
            : h('input', { type: 'number', name: one.name, min: 0, step: 1, value: one.value });
        input.addEventListener('input', check);
        inputs.set(one.name, { input, was: one.value });
        editable.append(h('label', {}, h('span', {}, title(one.name)), input));
      } else {
        fixed.append(
          h(
            'div',
            { class: 'fixed' },
            h('span', {}, title(one.name)),
            h('span', {}, one.value >= 2 ** 62 ? 'no bound' : String(one.value)),
          ),
        );
      }
    }
    element.querySelector('.actions').classList.toggle('hide', inputs.size === 0);
    check();
  }
  save.addEventListener('click', async () => {
    const answer = await change(
      'PATCH',
      at(name) + '/settings',
      Object.fromEntries(dirty().map(([key, { input }]) => [key, value(input)])),
      'Settings of ' + name + ' changed.',
    );
    if (answer) fill(answer);
  });
  const load = () =>
    read(at(name) + '/settings')
      .then((answer) => {
        if (dirty().length === 0) fill(answer);
      })
      .catch(() => {});
  return { element, load };
}
