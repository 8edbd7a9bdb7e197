package dev.weir.jdbc.governed;

import com.mchange.v2.c3p0.C3P0Registry;
import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.mchange.v2.c3p0.WrapperConnectionPoolDataSource;
import com.mchange.v2.c3p0.impl.AbstractPoolBackedDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * c3p0. Each change of a setting makes it throw its pool away and forget what is leased, so it is never resized: it is
 * counted and, under pressure, reset softly, which closes all that is idle.
 */
final class C3p0ForeignPool implements ForeignPool {

    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final AbstractPoolBackedDataSource dataSource;
    private volatile boolean closed;
    /** Orphans at the close, which is the last that is heard of them. */
    private volatile int lost;

    private C3p0ForeignPool(AbstractPoolBackedDataSource dataSource) {
        this.dataSource = dataSource;
    }

    static ForeignPool of(Object given) {
        return new C3p0ForeignPool((AbstractPoolBackedDataSource) given);
    }

    static List<ForeignPool> registered() {
        List<ForeignPool> found = new ArrayList<>();
        for (Object one : C3P0Registry.getPooledDataSources()) {
            if (one instanceof AbstractPoolBackedDataSource dataSource) {
                found.add(new C3p0ForeignPool(dataSource));
            }
        }
        return found;
    }

    @Override
    public PoolKind kind() {
        return PoolKind.C3P0;
    }

    @Override
    public String name() {
        return dataSource.getDataSourceName();
    }

    /** Those that were leased at a reset it counts apart, as orphans, until they come back. */
    @Override
    public Use use() {
        if (closed) {
            return new Use(lost, lost, 0, Totals.UNTOLD_ALL);
        }
        try {
            int orphans = dataSource.getNumUnclosedOrphanedConnectionsAllUsers();
            return new Use(
                    dataSource.getNumConnectionsAllUsers() + orphans,
                    dataSource.getNumBusyConnectionsAllUsers() + orphans,
                    waiting(),
                    Totals.UNTOLD_ALL);
        } catch (SQLException closedByItsOwner) {
            closed = true;
            return Use.NONE;
        } catch (NullPointerException inTheMiddleOfItsClose) {
            return Use.NONE;
        }
    }

    /** Asked for a pool that it does not have yet, it would open it. */
    private int waiting() throws SQLException {
        return dataSource instanceof ComboPooledDataSource own
                        && dataSource.getAllUsers().contains(own.getUser())
                ? dataSource.getNumThreadsAwaitingCheckoutDefaultUser()
                : 0;
    }

    @Override
    public Terms terms() {
        if (!(dataSource.getConnectionPoolDataSource() instanceof WrapperConnectionPoolDataSource settings)) {
            return new Terms(0, Integer.MAX_VALUE, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
        }
        return new Terms(
                settings.getMinPoolSize(),
                settings.getMaxPoolSize(),
                Terms.millis(settings.getCheckoutTimeout()),
                Duration.ofSeconds(Math.max(0, settings.getMaxIdleTime())),
                Duration.ofSeconds(Math.max(0, settings.getMaxConnectionAge())),
                Duration.ofSeconds(Math.max(0, settings.getUnreturnedConnectionTimeout())));
    }

    @Override
    public boolean resizable() {
        return false;
    }

    @Override
    public void resize(int min, int max) {
        throw new UnsupportedOperationException("c3p0 is not resized");
    }

    /**
     * All that are idle; it opens its minimum again. A connection that its helpers are just taking back would become an
     * orphan for ever, so they get the time to finish.
     */
    @Override
    public void evictIdle(int connections) throws SQLException {
        if (!closed) {
            awaitHelpers();
            dataSource.softResetAllUsers();
        }
    }

    private void awaitHelpers() throws SQLException {
        long end = System.nanoTime() + LONGEST_WAIT_NANOS;
        while (dataSource.getThreadPoolNumTasksPending() + dataSource.getThreadPoolNumActiveThreads() > 0
                && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** It cannot refuse, and a reset would make orphans of what is leased, which a close then forgets. */
    @Override
    public void refuse() {}

    /** Closing it ends what is leased. */
    @Override
    public void abort() throws SQLException {
        close();
    }

    /** A close drops what its helpers have still to do, and leaves the connections open that they were to close. */
    @Override
    public void close() throws SQLException {
        if (closed) {
            return;
        }
        awaitHelpers();
        lost = dataSource.getNumUnclosedOrphanedConnectionsAllUsers();
        closed = true;
        dataSource.close();
    }

    @Override
    public boolean closed() {
        return closed;
    }
}
