// Reads something again whenever the ticks tell that it may have changed.
import { read } from '../api.js';
import { onTick } from '../live.js';

export function follow(path, show, everySeconds = 15) {
  let changes;
  let at = 0;
  let stopped = false;
  const stop = onTick((overview) => {
    const due = overview.changes !== changes || Date.now() - at >= everySeconds * 1000;
    if (!due) return;
    changes = overview.changes;
    at = Date.now();
    read(path)
      .then((answer) => {
        if (!stopped) show(answer);
      })
      .catch(() => {});
  });
  return () => {
    stopped = true;
    stop();
  };
}
