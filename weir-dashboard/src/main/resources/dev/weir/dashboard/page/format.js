// Numbers as people read them. What is not known is a dash.
const known = (value) => value !== null && value !== undefined && !Number.isNaN(value);

/** Three digits at most, with a unit of thousands where that is shorter. */
export function count(value) {
  if (!known(value)) return '–';
  const size = Math.abs(value);
  if (size >= 1e9) return (value / 1e9).toPrecision(3) + ' G';
  if (size >= 1e6) return (value / 1e6).toPrecision(3) + ' M';
  if (size >= 1e4) return (value / 1e3).toFixed(size >= 1e5 ? 0 : 1) + ' k';
  if (size >= 100 || Number.isInteger(value)) return Math.round(value).toLocaleString('en');
  return value.toFixed(size >= 10 ? 1 : 2);
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Bytes, in units of 1,024. */
export function bytes(value) {
  if (!known(value)) return '–';
  let size = Math.abs(value);
  let unit = 0;
  while (size >= 1024 && unit < UNITS.length - 1) {
    size /= 1024;
    unit++;
  }
  const digits = unit === 0 || size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return (value < 0 ? '−' : '') + size.toFixed(digits) + ' ' + UNITS[unit];
}

/** A span of time that is given in milliseconds. */
export function span(ms) {
  if (!known(ms)) return '–';
  if (ms === 0) return '0 ms';
  if (ms < 1) return (ms * 1000).toFixed(0) + ' µs';
  if (ms < 10) return ms.toFixed(1) + ' ms';
  if (ms < 1000) return ms.toFixed(0) + ' ms';
  if (ms < 60e3) return (ms / 1000).toFixed(ms < 10e3 ? 1 : 0) + ' s';
  if (ms < 3600e3) return Math.floor(ms / 60e3) + ' min ' + (Math.floor(ms / 1000) % 60) + ' s';
  if (ms < 86400e3) return Math.floor(ms / 3600e3) + ' h ' + (Math.floor(ms / 60e3) % 60) + ' min';
  return Math.floor(ms / 86400e3) + ' d ' + (Math.floor(ms / 3600e3) % 24) + ' h';
}

export const percent = (part, whole) => (whole > 0 ? Math.round((100 * part) / whole) + ' %' : '–');
export const clock = (ms) => new Date(ms).toLocaleTimeString('en-GB');
export const ago = (ms) => span(Math.max(0, Date.now() - ms)) + ' ago';
export const words = (name) => name.replace(/([A-Z])/g, ' $1').toLowerCase();
