package dev.weir.jdbc.governed;

import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.tomcat.jdbc.pool.ConnectionPool;
import org.apache.tomcat.jdbc.pool.DataSourceProxy;
import org.apache.tomcat.jdbc.pool.PoolConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat JDBC. It reads its properties at each move, so a new maximum holds at once. Asking the data source for its pool
 * opens one, even after it was closed; so it is asked only while it says that it has connections.
 */
final class TomcatForeignPool implements ForeignPool {

    private final DataSourceProxy dataSource;
    private volatile @Nullable ConnectionPool seen;

    // What its owner or a resize set, while an eviction sets something else. Guarded by the lock.
    private final ReentrantLock lock = new ReentrantLock();
    private boolean evicting;
    private int min;

    private TomcatForeignPool(DataSourceProxy dataSource) {
        this.dataSource = dataSource;
    }

    static ForeignPool of(Object given) {
        return new TomcatForeignPool((DataSourceProxy) given);
    }

    private @Nullable ConnectionPool pool() {
        ConnectionPool known = seen;
        if (known == null && dataSource.getPoolSize() > 0) {
            known = dataSource.getPool();
            seen = known;
        }
        return known;
    }

    private PoolConfiguration properties() {
        return dataSource.getPoolProperties();
    }

    @Override
    public PoolKind kind() {
        return PoolKind.TOMCAT_JDBC;
    }

    @Override
    public String name() {
        return properties().getName();
    }

    @Override
    public Use use() {
        ConnectionPool open = pool();
        return open == null
                ? Use.NONE
                : new Use(
                        open.getSize(),
                        open.getActive(),
                        open.getWaitCount(),
                        new Totals(open.getBorrowedCount(), open.getCreatedCount(), open.getReleasedCount(), UNTOLD));
    }

    @Override
    public Terms terms() {
        PoolConfiguration now = properties();
        lock.lock();
        try {
            return new Terms(
                    evicting ? min : now.getMinIdle(),
                    now.getMaxActive(),
                    Terms.millis(now.getMaxWait()),
                    Terms.millis(evicting ? 0 : now.getMinEvictableIdleTimeMillis()),
                    Terms.millis(now.getMaxAge()),
                    Terms.millis(now.isRemoveAbandoned() ? now.getRemoveAbandonedTimeout() * 1000L : 0));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean resizable() {
        return true;
    }

    @Override
    public void resize(int newMin, int newMax) {
        lock.lock();
        try {
            min = newMin;
            if (!evicting) {
                properties().setMinIdle(newMin);
            }
            properties().setMaxActive(newMax);
        } finally {
            lock.unlock();
        }
    }

    /** It opens one only for whoever comes for it; what it is given back it hands to those who wait. */
    @Override
    public void open(int connections) throws SQLException {
        for (int i = 0; i < connections && use().size() < properties().getMaxActive(); i++) {
            dataSource.getConnection().close();
        }
    }

    /** The longest idle go first, down to a minimum that is set so for the moment. */
    @Override
    public void evictIdle(int connections) {
        ConnectionPool open = pool();
        if (open == null || open.isClosed()) {
            return;
        }
        PoolConfiguration now = properties();
        int rest = now.getMinEvictableIdleTimeMillis();
        lock.lock();
        try {
            min = now.getMinIdle();
            evicting = true;
            now.setMinIdle(Math.max(0, open.getSize() - connections));
            now.setMinEvictableIdleTimeMillis(1);
        } finally {
            lock.unlock();
        }
        try {
            open.checkIdle(true);
        } finally {
            lock.lock();
            try {
                evicting = false;
                now.setMinIdle(min);
                now.setMinEvictableIdleTimeMillis(rest);
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Nothing new, nothing kept. Not closed yet: a closed data source opens another pool when it is asked again. Those who
     * wait already are served from what comes back.
     */
    @Override
    public void refuse() {
        resize(0, 0);
        properties().setMaxWait(1);
        ConnectionPool open = pool();
        if (open != null && !open.isClosed()) {
            open.purge();
        }
    }

    @Override
    public void abort() {
        end(true);
    }

    @Override
    public void close() {
        end(false);
    }

    private void end(boolean leasedToo) {
        pool();
        // Should somebody open it again.
        properties().setInitialSize(0);
        resize(0, 1);
        dataSource.close(leasedToo);
    }

    @Override
    public boolean closed() {
        ConnectionPool open = pool();
        return open != null && open.isClosed();
    }
}
