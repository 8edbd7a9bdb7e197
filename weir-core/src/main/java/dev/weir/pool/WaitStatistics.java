package dev.weir.pool;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Counts what became of the requests that had to queue. The histogram exists from the first wait on. */
final class WaitStatistics {

    private final AtomicLong waited = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
    private final AtomicLong timedOut = new AtomicLong();
    private final AtomicLong interrupted = new AtomicLong();
    private final AtomicLong passedBack = new AtomicLong();
    private final AtomicLong longest = new AtomicLong();
    private final AtomicReference<@Nullable AtomicLongArray> histogram = new AtomicReference<>();

    void waited(long nanos) {
        waited.incrementAndGet();
        AtomicLongArray counts = histogram.get();
        if (counts == null) {
            histogram.compareAndSet(null, new AtomicLongArray(WaitTimes.BUCKETS));
            counts = Objects.requireNonNull(histogram.get());
        }
        counts.incrementAndGet(WaitTimes.bucketOf(nanos));
        if (nanos > longest.get()) {
            longest.accumulateAndGet(nanos, Math::max);
        }
    }

    /** A slot was leased for a request that no longer needed it; nobody had that lease. */
    void passedBack() {
        passedBack.incrementAndGet();
    }

    void rejected() {
        rejected.incrementAndGet();
    }

    void timedOut() {
        timedOut.incrementAndGet();
    }

    void interrupted() {
        interrupted.incrementAndGet();
    }

    long passedBacks() {
        return passedBack.get();
    }

    long waits() {
        return waited.get();
    }

    long rejections() {
        return rejected.get();
    }

    long timeouts() {
        return timedOut.get();
    }

    long interrupts() {
        return interrupted.get();
    }

    WaitTimes times(long leases) {
        long[] buckets = new long[WaitTimes.BUCKETS];
        AtomicLongArray counts = histogram.get();
        long sum = 0;
        if (counts != null) {
            for (int i = 0; i < buckets.length; i++) {
                buckets[i] = counts.get(i);
                sum += buckets[i];
            }
        }
        return new WaitTimes(Math.max(0, leases - sum), buckets, longest.get());
    }
}
