package dev.weir;

import dev.weir.MemoryUsage.Basis;
import dev.weir.MemoryUsage.Figure;
import dev.weir.MemoryUsage.Kind;
import dev.weir.monitor.BoundedHistory;
import dev.weir.monitor.PoolHistories;
import dev.weir.pool.ManagedPool;
import dev.weir.pool.PoolSnapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts a pool's memory: what can be measured is measured, and the rest is estimated with the sizes that the
 * requirements give (R7: 5 MB a connection, 1 KB a cache entry; histories are always measured, so its 10 KB a metric
 * and 2 KB an alert are never needed).
 */
final class MemoryCensus {

    static final long CONNECTION_ESTIMATE = 5L * 1024 * 1024;
    static final long CACHE_ENTRY_ESTIMATE = 1024;

    private MemoryCensus() {}

    static MemoryUsage.PoolUsage of(ManagedPool pool, @Nullable PoolHistories histories) {
        List<Figure> figures = new ArrayList<>();
        connections(pool, figures);
        if (histories != null) {
            history(Kind.METRICS, histories.samples(), figures);
            history(Kind.SCALING_EVENTS, histories.scalings(), figures);
            history(Kind.ALERTS, histories.alertEvents(), figures);
            history(Kind.LEAKS, histories.leaks(), figures);
        }
        cache(pool, figures);
        return new MemoryUsage.PoolUsage(pool.name(), figures);
    }

    private static void connections(ManagedPool pool, List<Figure> figures) {
        PoolSnapshot snapshot = pool.snapshot();
        ManagedPool.MeasuredConnections measured = pool.measuredConnections();
        long unmeasured =
                Math.max(0, (long) snapshot.idle() + snapshot.leased() + snapshot.closing() - measured.connections());
        if (measured.connections() > 0) {
            figures.add(new Figure(
                    Kind.CONNECTIONS,
                    measured.connections(),
                    measured.bytes(),
                    Basis.MEASURED,
                    "reported by the connector"));
        }
        if (unmeasured > 0 || measured.connections() == 0) {
            figures.add(new Figure(
                    Kind.CONNECTIONS,
                    unmeasured,
                    unmeasured * CONNECTION_ESTIMATE,
                    Basis.ESTIMATED,
                    "5 MB a connection"));
        }
    }

    private static void history(Kind kind, BoundedHistory<?> history, List<Figure> figures) {
        figures.add(new Figure(
                kind, history.size(), history.bytes(), Basis.MEASURED, "weighed entry by entry as they were added"));
    }

    private static void cache(ManagedPool pool, List<Figure> figures) {
        ManagedPool.CacheUse cache = pool.cacheUse();
        if (cache.bytes() >= 0) {
            figures.add(new Figure(
                    Kind.CACHE, cache.entries(), cache.bytes(), Basis.MEASURED, "weighed entry by entry by the cache"));
        } else {
            figures.add(new Figure(
                    Kind.CACHE,
                    cache.entries(),
                    cache.entries() * CACHE_ENTRY_ESTIMATE,
                    Basis.ESTIMATED,
                    "1 KB an entry"));
        }
    }
}
