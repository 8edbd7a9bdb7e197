// The frame of the page: which view is shown, the theme, the token, and whether figures arrive.
import { h, icon, text, attribute } from './dom.js';
import { takeToken, token, setToken, askToken, onToken } from './api.js';
import { recolour } from './chart.js';
takeToken();
const { onState, onTick } = await import('./live.js');

const VIEWS = [
  ['overview', 'Overview'],
  ['memory', 'Memory'],
  ['leaks', 'Leaks'],
  ['alerts', 'Alerts'],
  ['scaling', 'Scaling'],
  ['queries', 'Queries'],
  ['sockets', 'Sockets'],
];
const main = document.getElementById('main');
const nav = document.getElementById('nav');
const links = new Map();
let leave = () => {};
let shown = 0;

for (const [id, title] of VIEWS) {
  const badge = h('b', { class: 'hide' });
  const link = h('a', { href: '#/' + id }, title, badge);
  links.set(id, { link, badge });
  nav.append(link);
}

async function route() {
  const [, id = 'overview', name = ''] = /^#\/([a-z]+)(?:\/(.*))?$/.exec(location.hash) ?? [];
  const known = id === 'pool' || links.has(id) ? id : 'overview';
  const mine = ++shown;
  const view = await import('./views/' + known + '.js');
  if (mine !== shown) return;
  leave();
  links.forEach(({ link }, key) =>
    key === (known === 'pool' ? 'overview' : known)
      ? attribute(link, 'aria-current', 'page')
      : link.removeAttribute('aria-current'),
  );
  main.replaceChildren();
  scrollTo(0, 0);
  const pool = decodeURIComponent(name);
  document.title = (known === 'pool' ? pool : VIEWS.find(([key]) => key === known)[1]) + ' · Weir';
  leave = view.mount(main, pool);
}

addEventListener('hashchange', () => {
  route();
  main.focus({ preventScroll: true });
});

onState((state) => {
  const status = document.getElementById('status');
  status.className = 'status ' + state;
  text(status.lastElementChild, state === 'on' ? 'Live' : 'Disconnected');
});

function badge(id, number) {
  const { badge: shownBadge } = links.get(id);
  shownBadge.classList.toggle('hide', number === 0);
  text(shownBadge, number);
}

onTick((overview) => {
  badge(
    'alerts',
    overview.pools.reduce((sum, pool) => sum + pool.openAlerts, 0),
  );
  badge(
    'leaks',
    overview.pools.reduce((sum, pool) => sum + pool.leaks, 0),
  );
});

const themeButton = document.getElementById('theme');
const theme = () => document.documentElement.dataset.theme;
function paintTheme() {
  themeButton.replaceChildren(icon(theme() === 'dark' ? 'sun' : 'moon'));
  attribute(themeButton, 'aria-label', theme() === 'dark' ? 'Use light colours' : 'Use dark colours');
}
function setTheme(value) {
  document.documentElement.dataset.theme = value;
  paintTheme();
  recolour();
}
themeButton.addEventListener('click', () => {
  const next = theme() === 'dark' ? 'light' : 'dark';
  localStorage.setItem('weir-theme', next);
  setTheme(next);
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', (event) => {
  if (!localStorage.getItem('weir-theme')) setTheme(event.matches ? 'dark' : 'light');
});
paintTheme();

const tokenButton = document.getElementById('token');
tokenButton.append(icon('key'));
function paintToken() {
  tokenButton.classList.toggle('set', Boolean(token()));
  attribute(
    tokenButton,
    'aria-label',
    token() ? 'Forget the token: then this page only reads' : 'Enter the token, to change things',
  );
  tokenButton.title = tokenButton.getAttribute('aria-label');
}
tokenButton.addEventListener('click', () =>
  token() ? setToken('') : askToken('The token was printed when the service started. It allows changes.'),
);
onToken(paintToken);
paintToken();
route();
