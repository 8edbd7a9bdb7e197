package dev.weir.jdbc;

import dev.weir.pool.ConnectionKind;
import dev.weir.pool.Eviction;
import dev.weir.pool.ManagedPool;
import dev.weir.pool.Pool;
import dev.weir.pool.PoolSettings;
import dev.weir.pool.PoolSnapshot;
import dev.weir.pool.StatementReport;
import java.util.List;

/** A data source as its manager sees it: the pool, and the query cache that lives and ends with it. */
final class DataSourceMember implements ManagedPool {

    private final Pool<PhysicalConnection> pool;
    private final JdbcPool home;

    DataSourceMember(Pool<PhysicalConnection> pool, JdbcPool home) {
        this.pool = pool;
        this.home = home;
    }

    @Override
    public CacheUse cacheUse() {
        QueryCache cache = home.queryCaching().cacheIfUsed();
        if (cache == null) {
            return CacheUse.NONE;
        }
        QueryCacheCounts counts = cache.counts();
        return new CacheUse(counts.entries(), counts.bytes());
    }

    @Override
    public StatementReport statements() {
        return statements(home);
    }

    static StatementReport statements(JdbcPool home) {
        QueryCache used = home.queryCaching().cacheIfUsed();
        StatementReport.Cache cache = used == null ? null : of(used.counts());
        StatementStatistics statistics = home.statistics();
        return statistics == null
                ? new StatementReport(false, List.of(), List.of(), List.of(), cache, 0)
                : statistics.report(cache);
    }

    private static StatementReport.Cache of(QueryCacheCounts counts) {
        return new StatementReport.Cache(
                counts.entries(), counts.bytes(), counts.hits(), counts.misses(), counts.notCached());
    }

    @Override
    public void dispose() {
        pool.dispose();
        QueryCache cache = home.queryCaching().cacheIfUsed();
        if (cache != null) {
            cache.invalidateAll();
        }
    }

    @Override
    public String name() {
        return pool.name();
    }

    @Override
    public PoolSnapshot snapshot() {
        return pool.snapshot();
    }

    @Override
    public ConnectionKind connectionKind() {
        return pool.connectionKind();
    }

    @Override
    public void evict(Eviction how) {
        pool.evict(how);
    }

    @Override
    public PoolSettings settings() {
        return pool.settings();
    }

    @Override
    public List<Pool<?>> engines() {
        return List.of(pool);
    }

    @Override
    public MeasuredConnections measuredConnections() {
        return pool.measuredConnections();
    }

    @Override
    public void refuse() {
        pool.refuse();
    }

    @Override
    public void failWaiters() {
        pool.failWaiters();
    }

    @Override
    public int inUse() {
        return pool.inUse();
    }

    @Override
    public void cancelLeased() {
        pool.cancelLeased();
    }

    @Override
    public void abortLeased() {
        pool.abortLeased();
    }

    @Override
    public int connectionsLeft() {
        return pool.connectionsLeft();
    }

    @Override
    public String toString() {
        return pool.toString();
    }
}
