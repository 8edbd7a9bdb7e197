package dev.weir;

import dev.weir.time.Ticker;
import java.util.concurrent.atomic.AtomicLong;

/** Time that jumps ahead whenever somebody waits for it, so that whoever waits never does. */
final class HurryingTicker implements Ticker {

    private final AtomicLong now = new AtomicLong();

    @Override
    public long nanos() {
        return now.get();
    }

    @Override
    public void park(Object blocker, long nanos) {
        now.addAndGet(Math.max(0, nanos));
    }
}
