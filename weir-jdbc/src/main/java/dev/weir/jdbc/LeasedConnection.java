package dev.weir.jdbc;

import dev.weir.event.CloseReason;
import dev.weir.pool.Lease;
import dev.weir.pool.Pool;
import dev.weir.pool.Slot;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
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
 * <p>A lease that called nothing is given back by one compare-and-set. Any other is claimed first, so that no call can
 * begin any more, and then reset by {@link LeaseEnd}.
 */
final class LeasedConnection extends ConnectionState {

    private final PhysicalConnection physical;
    private final Slot<PhysicalConnection> slot;
    private final long word;
    /** The number of calls on the connection when the lease began. */
    private final int callsBefore;

    /** For whoever has just leased the slot, on the same thread. */
    LeasedConnection(Slot<PhysicalConnection> slot) {
        this(slot, slot.word(), slot.connection());
    }

    /** For a lease that was made on another thread. */
    LeasedConnection(Lease<PhysicalConnection> lease) {
        this(lease.slot(), lease.word(), lease.connection());
    }

    private LeasedConnection(Slot<PhysicalConnection> slot, long word, PhysicalConnection physical) {
        this.slot = slot;
        this.word = word;
        this.physical = physical;
        this.callsBefore = PhysicalConnection.calls(physical.activity());
        slot.heldBy(this);
    }

    // Guards

    @Override
    PhysicalConnection physical() {
        return physical;
    }

    /** Whether the lease is over, by {@link #close}, {@link #abort}, or because the pool took the connection back. */
    boolean isOver() {
        return !slot.isLeased(word);
    }

    @Override
    Connection live() throws SQLException {
        if (isOver()) {
            throw ClosedHandleException.connection();
        }
        return physical.raw;
    }

    @Override
    Connection enter() throws SQLException {
        live();
        physical.enter();
        if (isOver()) {
            physical.exit();
            throw ClosedHandleException.connection();
        }
        return physical.raw;
    }

    /** Like {@link #enter}, for the closing of a part: {@code false} when the lease is over and closed it already. */
    boolean enterToClose() {
        if (isOver()) {
            return false;
        }
        physical.enterUncounted();
        if (isOver()) {
            physical.exit();
            return false;
        }
        return true;
    }

    @Override
    void exit() {
        physical.exit();
        if (isOver()) {
            // Closed by another thread while this one was inside: nobody can say what state the connection is in.
            physical.broke();
        }
    }

    @Override
    SQLException failed(SQLException failure) {
        if (physical.failed(failure) == FailureVerdict.FAILOVER) {
            slot.pool().endpointSuspect(failure);
        }
        return failure;
    }

    // Parts

    SessionChanges scan(@Nullable String sql) {
        return sql == null ? SessionChanges.NONE : StatementScanner.scan(sql, physical.dialect);
    }

    /** Notes what a statement leaves behind. */
    void leaves(SessionChanges changes) {
        if (!changes.isEmpty()) {
            physical.changed(changes);
        }
    }

    void runs(LeasedStatement statement, SessionChanges changes) {
        leaves(changes);
        physical.runs(statement);
    }

    void finished(LeasedStatement statement) {
        physical.finished(statement);
    }

    /** Notes a driver's statement or result set that is to be closed with the lease. */
    void opened(AutoCloseable raw) {
        physical.open.add(raw);
    }

    void closed(AutoCloseable raw) {
        physical.open.remove(raw);
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
        LeasedPreparedStatement statement = open(raw, new LeasedPreparedStatement(this, raw, scan(sql)));
        return sql != null && CacheHint.mayBeIn(sql)
                ? CachingPreparedStatement.of(statement, physical, sql)
                : statement;
    }

    @Override
    @Nullable CallableStatement adopt(@Nullable CallableStatement raw, @Nullable String sql) {
        return raw == null ? null : open(raw, new LeasedCallableStatement(this, raw, scan(sql)));
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
        Pool<PhysicalConnection> pool = slot.pool();
        long activity = physical.activity();
        if (PhysicalConnection.calls(activity) == callsBefore
                && PhysicalConnection.nobodyInside(activity)
                && !physical.isBroken()) {
            pool.giveBack(slot, word);
        } else if (pool.claim(slot, word)) {
            endClaimed(pool);
        }
    }

    private void endClaimed(Pool<PhysicalConnection> pool) {
        CloseReason unfit = CloseReason.DIRTY;
        try {
            unfit = LeaseEnd.reset(physical);
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
        Pool<PhysicalConnection> pool = slot.pool();
        if (!pool.claim(slot, word)) {
            return;
        }
        physical.broke();
        try {
            physical.raw.abort(executor);
        } finally {
            pool.retireClaimed(slot, CloseReason.BROKEN);
        }
    }

    @Override
    public boolean isClosed() throws SQLException {
        return isOver() || physical.raw.isClosed();
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
            boolean valid = physical.raw.isValid(timeoutSeconds);
            if (!valid) {
                physical.broke();
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
        return type.isInstance(this) ? type.cast(this) : unwrapped(physical.raw, type);
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
            physical.dirtied(ConnectionProperty.UNWRAPPED);
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
        return type.isInstance(this) || type.isInstance(physical.raw) || physical.raw.isWrapperFor(type);
    }

    @Override
    public String toString() {
        return "lease of " + slot.pool().name() + "[" + slot.index() + "]" + (isOver() ? ", closed" : "");
    }
}
