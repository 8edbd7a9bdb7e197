// A treemap of the owners, and of what nobody explains.
import { h, text, panel } from '../dom.js';
import { bytes, clock } from '../format.js';

const COLOURS = 8;
/** A box that is smaller, in pixels, has no room for its name. */
const NAMED = { width: 54, height: 26 };

export function ownersMap() {
  const host = h('div', { class: 'treemap', role: 'img', 'aria-label': 'Memory by owner' });
  const note = h('span', { class: 'muted small push' });
  const element = panel('By owner, now', host);
  element.firstElementChild.append(note);
  return {
    element,
    host,
    show(list, report) {
      const unexplained = report?.process.length ? report.process.at(-1).figure.bytes : 0;
      host.replaceChildren(...boxes(list, unexplained));
      text(note, report ? summary(report, unexplained) : 'as the pools tell of themselves');
    },
  };

  function boxes(list, unexplained) {
    const items = list
      .filter((owner) => owner.bytes > 0)
      .map((owner, i) => ({
        name: owner.name,
        value: owner.bytes,
        colour: 'var(--s' + Math.min(i, COLOURS) + ')',
      }));
    if (unexplained > 0) items.push({ name: 'Unexplained', value: unexplained });
    if (items.length === 0) return [];
    const root = d3
      .hierarchy({ children: items })
      .sum((item) => item.value ?? 0)
      .sort((a, b) => b.value - a.value);
    return d3.treemap().size([host.clientWidth, host.clientHeight]).padding(2).round(true)(root).leaves().map(box);
  }
}

function summary(report, unexplained) {
  const rest = unexplained ? ', unexplained ' + bytes(unexplained) : '';
  return 'measured ' + clock(Date.parse(report.takenAt)) + ', resident ' + bytes(report.residentBytes) + rest;
}

function box({ data, value, x0, y0, x1, y1 }) {
  const made = h('div', {
    title: data.name + ': ' + bytes(value),
    class: data.colour ? '' : 'unexplained',
  });
  Object.assign(made.style, { left: x0 + 'px', top: y0 + 'px', width: x1 - x0 + 'px', height: y1 - y0 + 'px' });
  if (data.colour) made.style.background = data.colour;
  if (x1 - x0 > NAMED.width && y1 - y0 > NAMED.height) made.append(h('b', {}, data.name), bytes(value));
  return made;
}
