import { bytes } from './format.js';

// Charts over time: uPlot in the page's colours, with a legend that shows the values, and axes that name their unit.
const colours = new Map();
/** A colour of the theme; asked for once, because the browser lays out the page again before it answers. */
function style(name) {
  if (!colours.has(name)) colours.set(name, getComputedStyle(document.documentElement).getPropertyValue(name).trim());
  return colours.get(name);
}
const charts = new Set();
/** Bytes are told in units of 1,024, so their axes step by powers of two. */
const BINARY = Array.from({ length: 45 }, (_, i) => 2 ** i);

/** Draws everything again in the colours of the new theme. */
export function recolour() {
  colours.clear();
  charts.forEach((chart) => chart.rebuild());
}

const fade = (colour, alpha) =>
  colour +
  Math.round(alpha * 255)
    .toString(16)
    .padStart(2, '0');

/**
 * A chart.
 * @param host where it goes; its height is given by the style sheet, so that nothing moves when it comes
 * @param options label, series [{label, colour, fill, dash, scale, width}], format, right (format of a second axis),
 *   stacked (how many of the first series lie upon each other), marks (() => [{at, label}]), span (seconds shown)
 */
export function chart(host, options) {
  const plot = host;
  let data = [[], ...options.series.map(() => [])];
  let raw = data;
  let u;
  let tallest = 0;

  function stack(values) {
    if (!options.stacked) return values;
    const sums = new Array(values[0].length).fill(0);
    return values.map((column, i) =>
      i === 0 || i > options.stacked ? column : column.map((value, j) => (value === null ? null : (sums[j] += value))),
    );
  }

  function axis(scale, side, format, grid) {
    return {
      scale,
      side,
      size: 58,
      stroke: style('--muted'),
      font: '11px system-ui, sans-serif',
      gap: 6,
      ticks: { show: false },
      grid: { show: grid, stroke: style('--grid'), width: 1 },
      values: (_, ticks) => ticks.map(format),
      space: 34,
      ...(format === bytes ? { incrs: BINARY } : {}),
    };
  }

  function build() {
    const axes = [
      {
        stroke: style('--muted'),
        font: '11px system-ui, sans-serif',
        size: 30,
        gap: 6,
        space: 64,
        grid: { show: false },
        ticks: { stroke: style('--line'), size: 4 },
        values: (_, ticks) =>
          ticks.map((at) =>
            new Date(at * 1000).toLocaleTimeString(
              'en-GB',
              options.span > 600 ? { hour: '2-digit', minute: '2-digit' } : {},
            ),
          ),
      },
      axis('y', 3, options.format, true),
    ];
    if (options.right) axes.push(axis('right', 1, options.right, false));
    const range = (_, low, high) => [
      0,
      high === null || high <= 0 ? (options.least ?? 1) : Math.max(options.least ?? 0, high * 1.12),
    ];
    const series = [
      { label: 'Time', value: (_, at) => (at === null ? '' : new Date(at * 1000).toLocaleTimeString('en-GB')) },
    ];
    options.series.forEach((one, i) => {
      const colour = style(one.colour);
      const stacked = options.stacked && i < options.stacked;
      series.push({
        label: one.label,
        scale: one.scale ?? 'y',
        stroke: colour,
        width: one.width ?? (stacked ? 1.2 : 1.8),
        dash: one.dash,
        fill: one.fill || (stacked && i === 0) ? fade(colour, one.fill ?? 0.55) : undefined,
        points: { show: false },
        spanGaps: options.span > 600,
        value: (self, value, s, index) => {
          const shown = index === null ? lastOf(raw[s]) : raw[s][index];
          return (one.scale === 'right' ? options.right : options.format)(shown);
        },
      });
    });
    const bands = [];
    for (let i = 2; i <= (options.stacked ?? 0); i++)
      bands.push({ series: [i, i - 1], fill: fade(style(options.series[i - 1].colour), 0.55) });
    const made = new uPlot(
      {
        ...size(),
        series,
        axes,
        bands,
        padding: [10, options.right ? 0 : 12, 0, 0],
        scales: { x: { time: true, range: () => bounds() }, y: { range }, right: { range } },
        legend: { live: true },
        cursor: { drag: { x: false, y: false }, points: { size: 6 } },
        hooks: { draw: [drawMarks] },
      },
      data,
      plot,
    );
    const canvas = made.root.querySelector('canvas');
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', options.label);
    return made;
  }

  /** What is set aside for the legend: a guess at first, and what it took at most once there is more to tell. */
  const legendHeight = () => Math.max(tallest, options.series.length > 4 && plot.clientWidth < 520 ? 46 : 26);
  const size = () => ({ width: Math.max(200, plot.clientWidth), height: plot.clientHeight - legendHeight() });
  /** A legend of many lines takes its room from the plot, not from what stands below; it is laid out in the frame after. */
  function fit() {
    if (!plot.isConnected || u.root.parentElement !== plot) return;
    const legend = u.root.querySelector('.u-legend').offsetHeight;
    if (legend <= legendHeight()) return;
    tallest = legend;
    u.setSize(size());
  }
  const lastOf = (column) => {
    for (let i = column.length - 1; i >= 0; i--) if (column[i] !== null) return column[i];
    return null;
  };
  const bounds = () => {
    const last = data[0].length ? data[0][data[0].length - 1] : Date.now() / 1000;
    return [last - options.span, last];
  };

  function drawMarks(self) {
    const marks = options.marks?.() ?? [];
    const { ctx, bbox } = self;
    ctx.save();
    ctx.strokeStyle = style('--opening');
    ctx.fillStyle = style('--opening');
    ctx.lineWidth = 1;
    ctx.setLineDash([3, 3]);
    ctx.font = '10px system-ui, sans-serif';
    let labelled = -Infinity;
    for (const mark of [...marks].sort((one, other) => one.at - other.at)) {
      const x = Math.round(self.valToPos(mark.at, 'x', true));
      if (x < bbox.left || x > bbox.left + bbox.width) continue;
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      if (x - labelled > 44) {
        ctx.fillText(mark.label, x + 3, bbox.top + 10);
        labelled = x;
      }
    }
    ctx.restore();
  }

  const handle = {
    /** Shows columns: times in seconds first, then a column for each series; null is a gap. */
    show(columns) {
      raw = columns;
      data = stack(columns);
      u.setData(data);
      u.setLegend?.({ idx: null });
      requestAnimationFrame(fit);
    },
    span(seconds) {
      options.span = seconds;
      handle.rebuild();
    },
    rebuild() {
      u?.destroy();
      u = build();
    },
    destroy() {
      charts.delete(handle);
      sizes.disconnect();
      u.destroy();
    },
  };
  const sizes = new ResizeObserver(() => u?.setSize(size()));
  u = build();
  sizes.observe(plot);
  charts.add(handle);
  return handle;
}

/** A small line without axes, beside figures that say the same. */
export function spark(place, colour) {
  let host = place;
  let last = [[], []];
  const build = () =>
    new uPlot(
      {
        width: 132,
        height: 30,
        padding: [3, 0, 3, 0],
        legend: { show: false },
        cursor: { show: false },
        axes: [{ show: false }, { show: false }],
        scales: { x: { time: false }, y: { range: (_, low, high) => [0, Math.max(1, high ?? 1)] } },
        series: [{}, { stroke: style(colour), fill: fade(style(colour), 0.16), width: 1.4, points: { show: false } }],
      },
      last,
      host,
    );
  let u = build();
  const handle = {
    /** Takes it elsewhere, which costs far less than a new one. */
    move(other) {
      host = other;
      host.append(u.root);
      return handle;
    },
    show(values) {
      last = [values.map((_, i) => i), values];
      u.setData(last);
    },
    rebuild() {
      u.destroy();
      u = build();
    },
    destroy() {
      charts.delete(handle);
      u.destroy();
    },
  };
  charts.add(handle);
  return handle;
}

/** A history as columns: the times, then the named series. */
export function columns(extract, names) {
  const length = extract.series[names[0]]?.length ?? 0;
  const times = Array.from({ length }, (_, i) => extract.start + i * extract.step);
  return [times, ...names.map((name) => extract.series[name] ?? new Array(length).fill(null))];
}
