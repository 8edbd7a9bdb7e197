package dev.weir.dashboard;

import dev.weir.monitor.PoolHistories;
import dev.weir.monitor.PoolSample;
import dev.weir.pool.ManagedPool;
import dev.weir.pool.PoolSnapshot;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A pool in the overview. Times are in milliseconds.
 *
 * @param name its name
 * @param kind what its connections are
 * @param state see {@link State}
 * @param governed whether it is not Weir's own
 * @param steerable whether it can be paused, resized and set from here
 * @param min the fewest connections it keeps
 * @param max the most it may have
 * @param target the size it allows itself now
 * @param opening connections being opened
 * @param idle connections free to be lent
 * @param leased connections lent
 * @param closing connections being ended
 * @param waiting requests in the queue
 * @param oldestWaitMs how long the first of them has waited
 * @param leases connections lent so far
 * @param leasesPerSecond lately
 * @param waitP50Ms the wait that half of the latest requests did not exceed
 * @param waitP99Ms the wait that 99 % of them did not exceed
 * @param errors requests turned away or timed out, and failures to connect, so far
 * @param errorsPerSecond lately
 * @param grantedBytes bytes of the memory budget it holds
 * @param openAlerts alerts open now
 * @param leaks leases reported as leaked that have not come back
 */
record PoolRow(
        String name,
        String kind,
        State state,
        boolean governed,
        boolean steerable,
        int min,
        int max,
        int target,
        int opening,
        int idle,
        int leased,
        int closing,
        int waiting,
        double oldestWaitMs,
        long leases,
        double leasesPerSecond,
        double waitP50Ms,
        double waitP99Ms,
        long errors,
        double errorsPerSecond,
        long grantedBytes,
        int openAlerts,
        int leaks) {

    /** How a pool is. */
    enum State {
        /** Takes requests. */
        running,
        /** Holds new requests back. */
        paused,
        /** Holds new requests back, and ends connections as they come back. */
        draining,
        /** Drained: nothing is lent any more. */
        drained,
        /** Shut down. */
        ended
    }

    static PoolRow of(ManagedPool pool, @Nullable PoolHistories histories, boolean drained, boolean steerable) {
        PoolSnapshot now = pool.snapshot();
        PoolSnapshot.Totals totals = now.totals();
        PoolSample sample =
                histories == null ? null : histories.samples().newest().orElse(null);
        return new PoolRow(
                pool.name(),
                pool.connectionKind().label(),
                state(now, drained),
                pool.governed(),
                steerable,
                now.min(),
                now.max(),
                now.target(),
                now.opening(),
                now.idle(),
                now.leased(),
                now.closing(),
                now.waiting(),
                millis(now.oldestWait()),
                totals.leases(),
                sample == null ? 0 : round(sample.leasesPerSecond()),
                sample == null ? 0 : round(sample.p50WaitNanos() / 1e6),
                sample == null ? 0 : round(sample.p99WaitNanos() / 1e6),
                totals.rejected() + totals.timedOut() + totals.connectFailures(),
                sample == null ? 0 : round(Series.errorsPerSecond(sample)),
                now.grantedBytes(),
                histories == null ? 0 : histories.openAlerts().size(),
                histories == null ? 0 : histories.leaks().size());
    }

    private static State state(PoolSnapshot now, boolean drained) {
        if (now.shutDown()) {
            return State.ended;
        }
        if (!now.suspended()) {
            return State.running;
        }
        return !drained ? State.paused : now.leased() > 0 ? State.draining : State.drained;
    }

    static double millis(Duration time) {
        return round(time.toNanos() / 1e6);
    }

    static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
