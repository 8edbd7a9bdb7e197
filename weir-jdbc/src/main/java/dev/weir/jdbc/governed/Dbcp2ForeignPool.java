package dev.weir.jdbc.governed;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.jspecify.annotations.Nullable;

/**
 * DBCP2. The data source forgets its pool when it is closed, so what it had is remembered here: its leased connections
 * live on.
 */
final class Dbcp2ForeignPool implements ForeignPool {

    /** Zero would mean never. */
    private static final Duration AT_ONCE = Duration.ofNanos(1);

    private final BasicDataSource dataSource;
    private volatile @Nullable GenericObjectPool<?> last;

    private Dbcp2ForeignPool(BasicDataSource dataSource) {
        this.dataSource = dataSource;
    }

    static ForeignPool of(Object given) {
        return new Dbcp2ForeignPool((BasicDataSource) given);
    }

    /** Opened with the first connection. */
    private @Nullable GenericObjectPool<?> pool() {
        GenericObjectPool<?> open = dataSource.getConnectionPool();
        if (open != null) {
            last = open;
        }
        return open == null ? last : open;
    }

    @Override
    public PoolKind kind() {
        return PoolKind.DBCP2;
    }

    @Override
    public String name() {
        return Objects.requireNonNullElse(dataSource.getJmxName(), kind().title());
    }

    @Override
    public Use use() {
        GenericObjectPool<?> open = pool();
        if (open == null) {
            return Use.NONE;
        }
        int leased = open.getNumActive();
        return new Use(
                leased + open.getNumIdle(),
                leased,
                open.getNumWaiters(),
                new Totals(open.getBorrowedCount(), open.getCreatedCount(), open.getDestroyedCount(), UNTOLD));
    }

    @Override
    public Terms terms() {
        int max = dataSource.getMaxTotal();
        boolean abandons = dataSource.getRemoveAbandonedOnBorrow() || dataSource.getRemoveAbandonedOnMaintenance();
        return new Terms(
                dataSource.getMinIdle(),
                max < 0 ? Integer.MAX_VALUE : max,
                notNegative(dataSource.getMaxWaitDuration()),
                notNegative(dataSource.getMinEvictableIdleDuration()),
                notNegative(dataSource.getMaxConnDuration()),
                abandons ? notNegative(dataSource.getRemoveAbandonedTimeoutDuration()) : Duration.ZERO);
    }

    private static Duration notNegative(Duration time) {
        return time.isNegative() ? Duration.ZERO : time;
    }

    @Override
    public boolean resizable() {
        return true;
    }

    @Override
    public void resize(int min, int max) {
        dataSource.setMaxTotal(max == Integer.MAX_VALUE ? -1 : max);
        dataSource.setMinIdle(min);
    }

    @Override
    public void open(int connections) throws Exception {
        GenericObjectPool<?> open = pool();
        if (open != null && !open.isClosed()) {
            open.addObjects(connections);
        }
    }

    /** The longest idle go first. Its own rule for them is set aside meanwhile, for the pool alone, not for its owner. */
    @Override
    public void evictIdle(int connections) throws Exception {
        GenericObjectPool<?> open = pool();
        if (open == null || open.isClosed()) {
            return;
        }
        int atOnce = open.getNumTestsPerEvictionRun();
        Duration after = open.getSoftMinEvictableIdleDuration();
        try {
            open.setMinIdle(0);
            open.setSoftMinEvictableIdleDuration(AT_ONCE);
            open.setNumTestsPerEvictionRun(connections);
            open.evict();
        } finally {
            open.setNumTestsPerEvictionRun(atOnce);
            open.setSoftMinEvictableIdleDuration(after);
            open.setMinIdle(dataSource.getMinIdle());
        }
    }

    /**
     * Nothing new, nothing kept. Not closed yet: a closed one cannot abort what is leased. Whoever waits already waits on,
     * until his own timeout or until the close.
     */
    @Override
    public void refuse() {
        resize(0, 0);
        dataSource.setMaxIdle(0);
        GenericObjectPool<?> open = pool();
        if (open != null) {
            open.setBlockWhenExhausted(false);
            open.clear();
        }
    }

    /** By its own removal of abandoned connections, with a timeout of zero. */
    @Override
    public void abort() throws Exception {
        dataSource.setRemoveAbandonedTimeout(Duration.ZERO);
        dataSource.setRemoveAbandonedOnMaintenance(true);
        GenericObjectPool<?> open = pool();
        if (open != null && !open.isClosed()) {
            open.evict();
        }
    }

    @Override
    public void close() throws SQLException {
        pool();
        dataSource.close();
    }

    @Override
    public boolean closed() {
        return dataSource.isClosed();
    }
}
