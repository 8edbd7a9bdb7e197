package dev.weir.jdbc.governed;

import dev.weir.jdbc.governed.ForeignPool.Totals;
import dev.weir.jdbc.governed.ForeignPool.Use;
import dev.weir.pool.PoolSnapshot;
import dev.weir.pool.WaitTimes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** What was seen of a governed pool over time, for what it does not count itself. Thread-safe. */
final class Sightings {

    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private int size;
    private long opened;
    private long closed;
    private int peakLeased;
    private int peakWaiting;
    private boolean waiting;
    private long waitingSince;

    /** Takes notice of what the pool holds. */
    void see(Use use, long nanos) {
        lock.lock();
        try {
            opened += Math.max(0, use.size() - size);
            closed += Math.max(0, size - use.size());
            size = use.size();
            peakLeased = Math.max(peakLeased, use.leased());
            peakWaiting = Math.max(peakWaiting, use.waiting());
            if (use.waiting() > 0 && !waiting) {
                waitingSince = nanos;
            }
            waiting = use.waiting() > 0;
        } finally {
            lock.unlock();
        }
    }

    PoolSnapshot snapshot(String name, Use use, Allowance allowance, long nanos, boolean shutDown) {
        see(use, nanos);
        int limit = allowance.limit();
        int max = allowance.owners().max();
        lock.lock();
        try {
            return new PoolSnapshot(
                    name,
                    Math.min(allowance.owners().min(), limit),
                    max,
                    limit,
                    0,
                    use.idle(),
                    use.leased(),
                    0,
                    use.waiting(),
                    Duration.ofNanos(waiting ? Math.max(0, nanos - waitingSince) : 0),
                    totals(use.totals()),
                    WaitTimes.none(),
                    allowance.grantedBytes(),
                    null,
                    List.of(),
                    false,
                    shutDown);
        } finally {
            lock.unlock();
        }
    }

    private PoolSnapshot.Totals totals(Totals told) {
        return new PoolSnapshot.Totals(
                Math.max(0, told.leases()),
                0,
                0,
                0,
                0,
                told.opened() == ForeignPool.UNTOLD ? opened : told.opened(),
                told.closed() == ForeignPool.UNTOLD ? closed : told.closed(),
                0,
                0,
                Math.max(0, told.leaks()),
                0,
                peakLeased,
                peakWaiting);
    }
}
