// Reads and changes over REST. The token lives in this tab only, and travels in a header that no other page can set.
import { ask, toast } from './dom.js';

const KEY = 'weir-token';
const listeners = new Set();

export const token = () => sessionStorage.getItem(KEY) ?? '';
export const onToken = (listener) => listeners.add(listener);

export function setToken(value) {
  if (value) sessionStorage.setItem(KEY, value);
  else sessionStorage.removeItem(KEY);
  listeners.forEach((listener) => listener());
}

/** A link with the token behind # is taken at its word, and the token off the address at once. */
export function takeToken() {
  const given = /^#token=(.+)$/.exec(location.hash);
  if (given) {
    setToken(decodeURIComponent(given[1]));
    history.replaceState(null, '', location.pathname + '#/overview');
  }
}

export async function askToken(why) {
  const given = await ask(
    'Token',
    why,
    [{ name: 'token', label: 'Token', attributes: { type: 'password', autocomplete: 'off', required: true } }],
    'Use it',
  );
  if (given) setToken(given.token.trim());
  return Boolean(given);
}

async function call(method, path, body) {
  const headers = {};
  if (token()) headers.Authorization = 'Bearer ' + token();
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const response = await fetch('/api/' + path, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
    cache: 'no-store',
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok)
    throw Object.assign(new Error(answer.message ?? 'The server answered ' + response.status), {
      status: response.status,
    });
  return answer;
}

export const read = (path) => call('GET', path);
export const pool = (name) => 'pools/' + encodeURIComponent(name);

/** Changes something and says what came of it; asks for the token once where it is missing. */
export async function change(method, path, body, done) {
  try {
    if (!token() && !(await askToken('Changes need the token that was printed when the service started.')))
      return undefined;
    const answer = await call(method, path, body);
    if (done) toast(done);
    return answer;
  } catch (failure) {
    if (failure.status === 401) setToken('');
    toast(failure.status === 401 ? 'The token was refused: nothing was changed.' : failure.message, true);
    return undefined;
  }
}
