// Work that can wait: a few milliseconds of it a frame, so that scrolling and typing never wait for it.
const BUDGET_MS = 6;
const waiting = new Set();

/** Does this in one of the next frames, and once only, however often it was asked for meanwhile. */
export function soon(work) {
  if (waiting.size === 0) requestAnimationFrame(some);
  waiting.add(work);
}

function some() {
  const until = performance.now() + BUDGET_MS;
  for (const work of waiting) {
    waiting.delete(work);
    work();
    if (performance.now() >= until) break;
  }
  if (waiting.size > 0) requestAnimationFrame(some);
}
