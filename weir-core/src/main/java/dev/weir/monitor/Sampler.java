package dev.weir.monitor;

import dev.weir.budget.MemoryBudget;
import dev.weir.pool.PoolSettings;
import dev.weir.pool.PoolSnapshot;
import dev.weir.pool.WaitTimes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Turns a pool's snapshots, one after the other, into samples. For one thread at a time. */
final class Sampler {

    private final MemoryBudget budget;
    private @Nullable PoolSnapshot before;
    private long beforeNanos;
    private long failuresInARow;
    private long droppedBefore;
    private final SteadyGrowth growth = new SteadyGrowth(Duration.ofMinutes(1));

    /**
     * What the histories and the weights say at the moment of a sample.
     *
     * @param dropped entries that have fallen out since the beginning
     */
    record Kept(int certainLeaks, long weighedBytes, long dropped, boolean leaksFull) {}

    Sampler(MemoryBudget budget) {
        this.budget = budget;
    }

    PoolSample sample(long nanos, PoolSnapshot now, PoolSettings settings, Kept kept) {
        PoolSnapshot earlier = before;
        PoolSnapshot.Totals totals = now.totals();
        PoolSnapshot.@Nullable Totals old = earlier == null ? null : earlier.totals();
        WaitTimes waits = earlier == null ? now.waits() : now.waits().since(earlier.waits());
        long opened = totals.opened() - (old == null ? 0 : old.opened());
        long failures = totals.connectFailures() - (old == null ? 0 : old.connectFailures());
        failuresInARow = now.lastConnectFailure() == null ? 0 : opened > 0 ? failures : failuresInARow + failures;
        PoolSample sample = new PoolSample(
                nanos,
                earlier == null ? 0 : nanos - beforeNanos,
                now.min(),
                now.max(),
                now.target(),
                now.opening(),
                now.idle(),
                now.leased(),
                now.waiting(),
                settings.maxWaiters(),
                now.oldestWait().toNanos(),
                totals.leases() - (old == null ? 0 : old.leases()),
                totals.rejected() - (old == null ? 0 : old.rejected()),
                totals.timedOut() - (old == null ? 0 : old.timedOut()),
                opened,
                failures,
                failuresInARow,
                kept.certainLeaks(),
                waits.quantileNanos(0.5),
                waits.quantileNanos(0.99),
                settings.acquireTimeout().toNanos(),
                now.grantedBytes(),
                budgetUsed(),
                kept.weighedBytes(),
                growth.look(nanos, kept.weighedBytes() > 0 ? kept.weighedBytes() : now.grantedBytes()),
                kept.dropped() - droppedBefore + (kept.leaksFull() ? 1 : 0),
                !now.suspended() && !now.shutDown());
        before = now;
        droppedBefore = kept.dropped();
        beforeNanos = nanos;
        return sample;
    }

    private double budgetUsed() {
        long limit = budget.limitBytes();
        return limit == Long.MAX_VALUE ? 0 : limit == 0 ? 1 : (double) budget.grantedBytes() / limit;
    }
}
