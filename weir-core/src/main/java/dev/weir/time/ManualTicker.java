package dev.weir.time;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A ticker whose time moves only when told to: tests of timeouts need not wait for them.
 *
 * <p>A thread that parks on it sleeps until {@link #advance(Duration)} reaches its wake-up time, or until it is
 * unparked or interrupted. Thread-safe; it holds one entry for each thread that is parked right now.
 */
public final class ManualTicker implements Ticker {

    private final AtomicLong now = new AtomicLong();
    private final Map<Thread, Long> parked = new ConcurrentHashMap<>();

    @Override
    public long nanos() {
        return now.get();
    }

    @Override
    public void park(Object blocker, long nanos) {
        if (nanos <= 0) {
            return;
        }
        Thread me = Thread.currentThread();
        long wakeAt = saturatedAdd(now.get(), nanos);
        parked.put(me, wakeAt);
        try {
            // An advance between reading the time and registering would be missed without this second look.
            if (now.get() < wakeAt) {
                LockSupport.park(blocker);
            }
        } finally {
            parked.remove(me);
        }
    }

    /**
     * Moves time forward and wakes every thread whose wait is over.
     *
     * @throws IllegalArgumentException if {@code step} is negative: time does not run backwards
     */
    public void advance(Duration step) {
        if (step.isNegative()) {
            throw new IllegalArgumentException("time cannot go back by " + step);
        }
        long time = now.addAndGet(step.toNanos());
        parked.forEach((thread, wakeAt) -> {
            if (wakeAt <= time) {
                LockSupport.unpark(thread);
            }
        });
    }

    /** How many threads are parked on this ticker right now. */
    public int parkedThreads() {
        return parked.size();
    }

    private static long saturatedAdd(long a, long b) {
        long sum = a + b;
        return sum < a ? Long.MAX_VALUE : sum;
    }
}
