// The newest figures, over Weir's own Socket.IO server, once a second.
import { io } from './vendor/socket.io.esm.min.js';
import { token, onToken, askToken } from './api.js';

const views = new Set();
const slotViews = new Set();
const states = new Set();
let latest;
let looksAt = '';

const socket = io({ transports: ['websocket', 'polling'], auth: (send) => send({ token: token() }) });

socket.on('connect', () => {
  tell('on');
  socket.emit('look', looksAt);
});
socket.on('disconnect', () => tell('off'));
socket.on('connect_error', async (refused) => {
  tell('off');
  if (
    refused.message === 'token needed' &&
    (await askToken('From another machine, everything needs the token that was printed when the service started.'))
  )
    socket.connect();
});
socket.on('tick', (overview) => {
  latest = overview;
  views.forEach((view) => view(overview));
});
socket.on('slots', (slots) => slotViews.forEach((view) => view(slots)));
onToken(() => {
  if (!socket.connected && socket.active === false) socket.connect();
});

function tell(state) {
  states.forEach((listener) => listener(state));
}

export const overview = () => latest;
export const onState = (listener) => {
  states.add(listener);
};

/** Hears every tick until the returned function is called; at once if there was one. */
export function onTick(view) {
  views.add(view);
  if (latest) view(latest);
  return () => views.delete(view);
}

/** Hears the slots of one pool until the returned function is called. */
export function onSlots(name, view) {
  const mine = (slots) => {
    if (slots.pool === name) view(slots.slots);
  };
  slotViews.add(mine);
  look(name);
  return () => {
    slotViews.delete(mine);
    look('');
  };
}

function look(name) {
  looksAt = name;
  if (socket.connected) socket.emit('look', name);
}
