// Elements without markup in strings: what comes from outside can only ever become text.

/** An element: attributes, listeners as onX, then children. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'class') element.className = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** Changes text only where it differs, so that nothing is laid out again for nothing. */
export function text(element, value) {
  const wanted = String(value);
  if (element.textContent !== wanted) element.textContent = wanted;
}

export function attribute(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

const ICONS = {
  key: 'M15 7a4 4 0 1 1-4 4 4 4 0 0 1 4-4zM11.5 12.5 4 20M7 17l2 2M4.5 19.5 6.5 21.5',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.400M17.6 17.6 19 19M5 19l1.4-1.400M17.6 6.4 19 5',
  moon: 'M20 14.500A8 8 0 0 1 9.5 4 8 8 0 1 0 20 14.500z',
  check: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8 12l3 3 5-6',
};

export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'ic');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

export function panel(title, ...children) {
  return h('section', { class: 'panel', 'aria-label': title }, h('header', {}, h('h2', {}, title)), ...children);
}

export const empty = (message) => h('div', { class: 'empty' }, icon('check'), message);

/** A group of buttons of which one is pressed. */
export function choice(label, options, chosen, onChoose) {
  const buttons = options.map(([value, title]) =>
    h(
      'button',
      {
        type: 'button',
        'aria-pressed': String(value === chosen),
        onclick: () => {
          buttons.forEach((button, i) => attribute(button, 'aria-pressed', String(options[i][0] === value)));
          onChoose(value);
        },
      },
      title,
    ),
  );
  return h('div', { class: 'seg', role: 'group', 'aria-label': label }, buttons);
}

export function toast(message, bad = false) {
  const shown = h('div', { class: bad ? 'toast bad' : 'toast' }, message);
  document.getElementById('toasts').append(shown);
  setTimeout(() => shown.remove(), bad ? 8000 : 4000);
}

/** Asks in a dialog; resolves to what its form holds, or to nothing when it is closed. */
export function ask(title, explanation, fields, action, danger = false) {
  const inputs = fields.map((field) =>
    h('label', {}, h('span', {}, field.label), h('input', { name: field.name, ...field.attributes })),
  );
  return new Promise((resolve) => {
    const dialog = h(
      'dialog',
      { 'aria-label': title },
      h(
        'form',
        { method: 'dialog' },
        h('h2', {}, title),
        h('p', {}, explanation),
        inputs.length > 0 ? h('div', { class: inputs.length > 1 ? 'row2' : '' }, inputs) : null,
        h(
          'div',
          { class: 'actions' },
          h('button', { type: 'button', onclick: () => dialog.close() }, 'Cancel'),
          h('button', { value: 'ok', class: danger ? 'danger' : 'primary' }, action),
        ),
      ),
    );
    dialog.addEventListener('close', () => {
      const given = Object.fromEntries(new FormData(dialog.querySelector('form')));
      dialog.remove();
      resolve(dialog.returnValue === 'ok' ? given : undefined);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
