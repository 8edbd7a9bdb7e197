package dev.weir.metrics;

import dev.weir.ConnectionPoolManager;
import dev.weir.monitor.PoolHistories;
import dev.weir.monitor.PoolSample;
import dev.weir.pool.ManagedPool;
import dev.weir.pool.PoolSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pool as meters read it: many of them, one after the other, so that a snapshot stands for {@value #FRESH_MILLIS} ms. Reading
 * borrows nothing and blocks nobody. Thread-safe.
 */
final class PoolReading {

    static final int FRESH_MILLIS = 100;
    private static final long FRESH_NANOS = FRESH_MILLIS * 1_000_000L;

    private record Taken(long nanos, PoolSnapshot snapshot) {}

    private final ConnectionPoolManager manager;
    private final ManagedPool pool;
    private volatile @Nullable Taken last;

    PoolReading(ConnectionPoolManager manager, ManagedPool pool) {
        this.manager = manager;
        this.pool = pool;
    }

    ManagedPool pool() {
        return pool;
    }

    PoolSnapshot snapshot() {
        long now = manager.environment().ticker().nanos();
        Taken taken = last;
        if (taken == null || now - taken.nanos() >= FRESH_NANOS) {
            taken = new Taken(now, pool.snapshot());
            last = taken;
        }
        return taken.snapshot();
    }

    PoolSnapshot.Totals totals() {
        return snapshot().totals();
    }

    /** The newest sample, which covers the second before it; {@code null} until there is one. */
    @Nullable PoolSample sample() {
        List<PoolSample> samples = manager.histories(pool.name())
                .map(PoolHistories::samples)
                .map(history -> history.snapshot())
                .orElse(List.of());
        return samples.isEmpty() ? null : samples.get(samples.size() - 1);
    }

    /** Alerts that are open now. */
    int openAlerts() {
        return manager.histories(pool.name())
                .map(histories -> histories.openAlerts().size())
                .orElse(0);
    }

    PoolHealth health() {
        return PoolHealth.of(pool, snapshot(), manager.histories(pool.name()).orElse(null));
    }
}
