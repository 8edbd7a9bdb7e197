package dev.weir.jdbc;

import dev.weir.event.CloseReason;
import dev.weir.pool.Lease;
import dev.weir.pool.Pool;
import dev.weir.pool.Slot;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Wrapper;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a borrower holds: one lease of a connection, allocated for it, 32 bytes, and powerless after it.
 *
 * <p>A lease that leaves nothing to reset is given back by one compare-and-set. Any other is claimed first, so that no call
 * can begin any more, and then reset by {@link LeaseEnd}.
 */
final class LeasedConnection extends LeaseAccess {

    /** For whoever has just leased the slot, on the same thread. */
    LeasedConnection(Slot<PhysicalConnection> slot) {
        super(slot);
    }

    /** For a lease that was made on another thread. */
    LeasedConnection(Lease<PhysicalConnection> lease) {
        super(lease);
    }

    @Override
    SQLException failed(SQLException failure) {
        physical().timedFailed();
        if (physical().failed(failure) == FailureVerdict.FAILOVER) {
            slot().pool().endpointSuspect(failure);
        }
        return failure;
    }

    // Parts

    SqlMemo.Entry read(String sql) {
        return physical().home.statements().of(sql, physical().dialect);
    }

    /** Notes what a statement leaves behind. */
    void leaves(SessionChanges changes) {
        if (!changes.isEmpty()) {
            physical().changed(changes);
        }
    }

    void runs(LeasedStatement statement, SqlMemo.Entry read) {
        leaves(read.leaves());
        PhysicalConnection physical = physical();
        physical.runs(statement);
        StatementStatistics statistics = physical.home.statistics();
        if (statistics != null) {
            physical.timed(statistics.begin(statement, read));
        }
    }

    void finished(LeasedStatement statement) {
        physical().finished(statement);
    }

    @Override
    @Nullable Statement adopt(@Nullable Statement raw) {
        return raw == null ? null : open(raw, new LeasedStatement(this, raw));
    }

    @Override
    @Nullable PreparedStatement adopt(@Nullable PreparedStatement raw, @Nullable String sql) {
        if (raw == null) {
            return null;
        }
        if (sql == null) {
            return open(raw, new LeasedPreparedStatement(this, raw, SqlMemo.Entry.NONE));
        }
        SqlMemo.Entry read = read(sql);
        LeasedPreparedStatement statement = open(raw, new LeasedPreparedStatement(this, raw, read));
        return read.mayBeCached() ? CachingPreparedStatement.of(statement, physical(), sql) : statement;
    }

    @Override
    @Nullable CallableStatement adopt(@Nullable CallableStatement raw, @Nullable String sql) {
        SqlMemo.Entry read = sql == null ? SqlMemo.Entry.NONE : read(sql);
        return raw == null ? null : open(raw, new LeasedCallableStatement(this, raw, read));
    }

    @Override
    @Nullable DatabaseMetaData adopt(@Nullable DatabaseMetaData raw) {
        return raw == null ? null : new LeasedDatabaseMetaData(this, raw);
    }

    @Override
    @Nullable Array adopt(@Nullable Array raw) {
        return raw == null ? null : new LeasedArray(this, raw);
    }

    private <T extends ConnectionPart> T open(AutoCloseable raw, T part) {
        opened(raw);
        return part;
    }

    // Ends

    /**
     * Ends the lease: closes what is open, rolls back what is not committed, resets what was changed, and gives the
     * connection back. A connection for which any of this fails is retired instead; that is the pool's affair, so
     * nothing is thrown: a commit that succeeded must not look failed because of what came after it.
     *
     * <p>From any thread; a second call does nothing. A connection with a call of another thread inside is retired.
     */
    @Override
    public void close() {
        Slot<PhysicalConnection> slot = slot();
        Pool<PhysicalConnection> pool = slot.pool();
        if (mayEndAtOnce() && pool.giveBackUnmarked(slot, word())) {
            return;
        }
        if (pool.claim(slot, word())) {
            endClaimed(pool, slot);
        }
    }

    private void endClaimed(Pool<PhysicalConnection> pool, Slot<PhysicalConnection> slot) {
        physical().unwatched();
        CloseReason unfit = CloseReason.DIRTY;
        try {
            unfit = LeaseEnd.reset(physical(), isBusy(), isUnsettled());
        } finally {
            if (unfit == null) {
                pool.giveBackClaimed(slot);
            } else {
                pool.retireClaimed(slot, unfit);
            }
        }
    }

    /** Ends the lease and the connection at once; threads blocked inside come free. From any thread. */
    @Override
    public void abort(@Nullable Executor executor) throws SQLException {
        if (executor == null) {
            throw new SQLException("abort needs an executor", "22023");
        }
        Slot<PhysicalConnection> slot = slot();
        Pool<PhysicalConnection> pool = slot.pool();
        if (!pool.claim(slot, word())) {
            return;
        }
        physical().broke();
        try {
            physical().raw.abort(executor);
        } finally {
            pool.retireClaimed(slot, CloseReason.BROKEN);
        }
    }

    @Override
    public boolean isClosed() throws SQLException {
        return isOver() || physical().raw.isClosed();
    }

    @Override
    public boolean isValid(int timeoutSeconds) throws SQLException {
        if (timeoutSeconds < 0) {
            throw new SQLException("timeout is below 0: " + timeoutSeconds, "22023");
        }
        if (!enterIfLive()) {
            return false;
        }
        try {
            boolean valid = physical().raw.isValid(timeoutSeconds);
            if (!valid) {
                physical().broke();
            }
            return valid;
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            exit();
        }
    }

    private boolean enterIfLive() {
        try {
            enter();
            return true;
        } catch (SQLException over) {
            return false;
        }
    }

    // What JDBC lets through

    /** The handle itself where that will do; else the driver's object, after which the connection is reset in full. */
    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        live();
        return type.isInstance(this) ? type.cast(this) : unwrapped(physical().raw, type);
    }

    <T> T unwrapped(Object raw, Class<T> type) throws SQLException {
        enter();
        try {
            T found;
            if (type.isInstance(raw)) {
                found = type.cast(raw);
            } else if (raw instanceof Wrapper wrapper) {
                found = wrapper.unwrap(type);
            } else {
                throw new SQLException("not a wrapper for " + type.getName(), "0A000");
            }
            physical().dirtied(ConnectionProperty.UNWRAPPED);
            return found;
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            exit();
        }
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        live();
        return type.isInstance(this)
                || type.isInstance(physical().raw)
                || physical().raw.isWrapperFor(type);
    }

    @Override
    public String toString() {
        return "lease of " + slot().pool().name() + "[" + slot().index() + "]" + (isOver() ? ", closed" : "");
    }
}
