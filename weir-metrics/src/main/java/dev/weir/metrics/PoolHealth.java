package dev.weir.metrics;

import dev.weir.monitor.Alert;
import dev.weir.monitor.PoolHistories;
import dev.weir.monitor.PoolSample;
import dev.weir.pool.ManagedPool;
import dev.weir.pool.PoolSnapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a pool is, found without borrowing from it.
 *
 * @param pool the pool's name
 * @param reachable false when it has no connection and the newest attempt to open one failed, or when it is shut down; a pool
 *     that has not yet had to connect counts as reachable
 * @param saturated whether requests wait while every connection that it may have is lent, or are turned away
 * @param degraded whether it works, but worse than it should
 * @param reasons why, in words and with the numbers; empty when there is nothing to say. No credentials
 */
public record PoolHealth(String pool, boolean reachable, boolean saturated, boolean degraded, List<String> reasons) {

    /** Copies the reasons. */
    public PoolHealth {
        reasons = List.copyOf(reasons);
    }

    /** The worst that holds. */
    public Health.Status status() {
        if (!reachable) {
            return Health.Status.UNREACHABLE;
        }
        return saturated ? Health.Status.SATURATED : degraded ? Health.Status.DEGRADED : Health.Status.UP;
    }

    static PoolHealth of(ManagedPool pool, PoolSnapshot now, @Nullable PoolHistories histories) {
        List<String> reasons = new ArrayList<>();
        boolean reachable = isReachable(now, reasons);
        boolean saturated = isSaturated(now, histories, reasons);
        int before = reasons.size();
        findWhatDegrades(now, reasons);
        if (histories != null) {
            for (Alert alert : histories.openAlerts()) {
                reasons.add("alert " + alert.rule() + ": " + alert.message());
            }
        }
        return new PoolHealth(pool.name(), reachable, saturated, reasons.size() > before, reasons);
    }

    private static boolean isReachable(PoolSnapshot now, List<String> reasons) {
        if (now.shutDown()) {
            reasons.add("it is shut down");
            return false;
        }
        Throwable failure = now.lastConnectFailure();
        if (failure != null && now.idle() + now.leased() == 0) {
            reasons.add("there is no connection, and connecting failed: "
                    + failure.getClass().getSimpleName());
            return false;
        }
        return true;
    }

    private static boolean isSaturated(PoolSnapshot now, @Nullable PoolHistories histories, List<String> reasons) {
        boolean saturated = false;
        if (now.waiting() > 0 && now.leased() >= now.max()) {
            reasons.add(now.waiting() + " requests wait, the first for "
                    + now.oldestWait().toMillis() + " ms; all " + now.max() + " connections are lent");
            saturated = true;
        }
        PoolSample sample = histories == null ? null : newest(histories);
        if (sample != null && sample.rejected() + sample.timedOut() > 0) {
            reasons.add(sample.rejected() + " requests were turned away and " + sample.timedOut()
                    + " timed out in the last second");
            saturated = true;
        }
        return saturated;
    }

    private static @Nullable PoolSample newest(PoolHistories histories) {
        List<PoolSample> samples = histories.samples().snapshot();
        return samples.isEmpty() ? null : samples.get(samples.size() - 1);
    }

    private static void findWhatDegrades(PoolSnapshot now, List<String> reasons) {
        Throwable failure = now.lastConnectFailure();
        int size = now.idle() + now.leased();
        if (failure != null && size > 0) {
            reasons.add("it lives with " + size + " connections, for connecting failed: "
                    + failure.getClass().getSimpleName());
        }
        if (now.suspended()) {
            reasons.add("it is suspended: " + now.waiting() + " requests are held back");
        }
    }
}
