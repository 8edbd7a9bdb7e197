package dev.weir.http;

import dev.weir.pool.PoolSettings;
import dev.weir.pool.PoolSnapshot;
import dev.weir.pool.WaitTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds up the snapshots of a pool's routes. Not thread-safe. */
final class SnapshotSum {

    private int opening;
    private int idle;
    private int leased;
    private int closing;
    private int waiting;
    private Duration oldestWait = Duration.ZERO;
    private PoolSnapshot.Totals totals = new PoolSnapshot.Totals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    private WaitTimes waits = WaitTimes.none();
    private @Nullable Throwable lastConnectFailure;
    private final List<PoolSnapshot.Holder> holders = new ArrayList<>();

    void add(PoolSnapshot route) {
        opening += route.opening();
        idle += route.idle();
        leased += route.leased();
        closing += route.closing();
        waiting += route.waiting();
        if (route.oldestWait().compareTo(oldestWait) > 0) {
            oldestWait = route.oldestWait();
        }
        if (route.lastConnectFailure() != null) {
            lastConnectFailure = route.lastConnectFailure();
        }
        holders.addAll(route.holders());
        addTotals(route);
    }

    /** Of a route that has left, what happened there is kept, and nothing of how it looked. */
    void addTotals(PoolSnapshot route) {
        totals = plus(totals, route.totals());
        waits = waits.plus(route.waits());
    }

    void add(SnapshotSum departed) {
        totals = plus(totals, departed.totals);
        waits = waits.plus(departed.waits);
    }

    PoolSnapshot snapshot(String name, PoolSettings perRoute, int maxTotal, long grantedBytes, boolean shut) {
        holders.sort(Comparator.comparing(PoolSnapshot.Holder::heldAtLeast).reversed());
        return new PoolSnapshot(
                name,
                perRoute.min(),
                maxTotal,
                maxTotal,
                opening,
                idle,
                leased,
                closing,
                waiting,
                oldestWait,
                totals,
                waits,
                grantedBytes,
                lastConnectFailure,
                holders.subList(0, Math.min(PoolSnapshot.MAX_HOLDERS, holders.size())),
                false,
                shut);
    }

    /** Peaks are those of single routes: routes need not have had theirs together. */
    private static PoolSnapshot.Totals plus(PoolSnapshot.Totals a, PoolSnapshot.Totals b) {
        return new PoolSnapshot.Totals(
                a.leases() + b.leases(),
                a.waited() + b.waited(),
                a.rejected() + b.rejected(),
                a.timedOut() + b.timedOut(),
                a.interrupted() + b.interrupted(),
                a.opened() + b.opened(),
                a.closed() + b.closed(),
                a.connectFailures() + b.connectFailures(),
                a.checksFailed() + b.checksFailed(),
                a.leaks() + b.leaks(),
                a.scalings() + b.scalings(),
                Math.max(a.peakLeased(), b.peakLeased()),
                Math.max(a.peakWaiting(), b.peakWaiting()));
    }
}
