package dev.weir.jdbc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A driver's connection and everything Weir remembers about it. This is what the engine pools; handles come and go.
 *
 * <p>A connection is lent to one holder at a time, so what a lease dirties is noted here and forgotten when the lease
 * ends. Whoever calls on the holder's behalf passes {@link #enter}, which counts it as inside; a lease that ends while
 * somebody is inside does not give the connection back but retires it.
 *
 * <p>One long, {@code activity}, holds the number of calls inside (low 16 bits) and the number of calls so far (above).
 * Unchanged since the lease began means that the lease touched nothing, and there is nothing to reset.
 */
final class PhysicalConnection {

    private static final long ENTRY = (1L << 16) + 1;
    private static final int INSIDE = 0xFFFF;
    private static final VarHandle ACTIVITY;
    private static final VarHandle DIRTY;
    private static final VarHandle CHANGES;
    private static final VarHandle RUNNING;
    private static final VarHandle RESETTING;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            ACTIVITY = lookup.findVarHandle(PhysicalConnection.class, "activity", long.class);
            DIRTY = lookup.findVarHandle(PhysicalConnection.class, "dirty", int.class);
            CHANGES = lookup.findVarHandle(PhysicalConnection.class, "changes", SessionChanges.class);
            RESETTING = lookup.findVarHandle(PhysicalConnection.class, "resetting", boolean.class);
            RUNNING = lookup.findVarHandle(PhysicalConnection.class, "running", LeasedStatement.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** The driver's connection. Only for Weir's own use: it never reaches a borrower but by {@code unwrap}. */
    final Connection raw;

    final JdbcPool home;
    final Dialect dialect;
    final ConnectionDefaults defaults;
    /** Whom it was opened for; {@code null} where the driver knew. */
    private final @Nullable String user;

    final OpenParts open = new OpenParts();
    /** For {@link QueryTimeouts} alone. */
    final QueryWatch watch = new QueryWatch();

    @SuppressWarnings("FieldMayBeFinal") // moved through ACTIVITY
    private volatile long activity;

    /** The number of calls at the last commit or rollback after which nothing was done. */
    private long settledAt = -1;

    @SuppressWarnings("FieldMayBeFinal") // moved through DIRTY
    private volatile int dirty;

    private volatile SessionChanges changes = SessionChanges.NONE;
    private volatile @Nullable LeasedStatement running;
    private volatile boolean resetting;
    private volatile boolean broken;
    private @Nullable Properties clientInfo;
    private @Nullable Map<String, Class<?>> typeMap;

    private PhysicalConnection(Connection raw, JdbcPool home, Dialect dialect, ConnectionDefaults defaults) {
        this.raw = raw;
        this.home = home;
        this.dialect = dialect;
        this.defaults = defaults;
        this.user = home.user();
    }

    @Nullable String user() {
        return user;
    }

    /**
     * Takes a connection that is connected and configured, and remembers how it is now: to this it will be reset. May
     * ask the server.
     *
     * <p>For {@code Connector.connect()}. On failure the caller still owns {@code raw} and closes it.
     *
     * @param initSql what the pool ran on it after the connect, empty if nothing
     */
    static PhysicalConnection of(Connection raw, JdbcPool home, String initSql) throws SQLException {
        Dialect dialect = Dialect.of(raw.getMetaData().getDatabaseProductName());
        ConnectionDefaults defaults = home.shared(ConnectionDefaults.of(raw, dialect));
        if (dialect != Dialect.OTHER) {
            home.baseline(raw, dialect, initSql);
        }
        if (!defaults.autoCommit()) {
            // The questions above may have begun a transaction.
            raw.rollback();
        }
        raw.clearWarnings();
        return new PhysicalConnection(raw, home, dialect, defaults);
    }

    /** {@link #of(Connection, JdbcPool, String)} for a connection on which the pool ran nothing. */
    static PhysicalConnection of(Connection raw, JdbcPool home) throws SQLException {
        return of(raw, home, "");
    }

    // Calls

    /** The state of activity now; a lease that ends on the state it began with touched nothing. */
    long activity() {
        return activity;
    }

    static int calls(long activity) {
        return (int) (activity >>> 16);
    }

    static boolean nobodyInside(long activity) {
        return (activity & INSIDE) == 0;
    }

    /** A call begins. Full fence: whoever ends the lease afterwards sees it, or the caller sees the end. */
    void enter() {
        ACTIVITY.getAndAdd(this, ENTRY);
    }

    /** A call begins that cannot dirty anything: the closing of a statement, or cancelling it. */
    void enterUncounted() {
        ACTIVITY.getAndAdd(this, 1L);
    }

    void exit() {
        ACTIVITY.getAndAdd(this, -1L);
    }

    /** Whether somebody is inside a call now; such a lease is busy, not leaked, and its connection is ended by abort. */
    boolean isBusy() {
        return !nobodyInside(activity);
    }

    /**
     * A commit or rollback succeeded.
     *
     * @param before the activity just before it; only if it was the one call since is nothing left to roll back
     */
    void settled(long before) {
        long now = activity;
        if (nobodyInside(before) && nobodyInside(now) && (now >>> 16) == (before >>> 16) + 1) {
            settledAt = now >>> 16;
        }
    }

    /** Whether anything was done since the last commit or rollback. */
    boolean isUnsettled() {
        return settledAt != activity >>> 16;
    }

    // Notes

    void dirtied(ConnectionProperty property) {
        DIRTY.getAndBitwiseOr(this, property.bit);
    }

    /** The property was set back to its default. */
    void cleaned(ConnectionProperty property) {
        DIRTY.getAndBitwiseAnd(this, ~property.bit);
    }

    int dirty() {
        return dirty;
    }

    /** A statement that leaves something behind is about to run. */
    void changed(SessionChanges more) {
        SessionChanges known;
        do {
            known = changes;
        } while (!CHANGES.compareAndSet(this, known, known.and(more)));
    }

    SessionChanges changes() {
        return changes;
    }

    /** Keeps the client info as it was before the lease's first change of it. */
    void keepClientInfo() throws SQLException {
        if (clientInfo == null) {
            Properties kept = new Properties();
            Properties now = raw.getClientInfo();
            if (now != null) {
                kept.putAll(now);
            }
            clientInfo = kept;
        }
        dirtied(ConnectionProperty.CLIENT_INFO);
    }

    @Nullable Properties keptClientInfo() {
        return clientInfo;
    }

    /** Keeps the type map as it was; its holder may write into the driver's own. */
    void keepTypeMap() throws SQLException {
        if (typeMap == null) {
            Map<String, Class<?>> now = raw.getTypeMap();
            typeMap = now == null ? new HashMap<>() : new HashMap<>(now);
        }
        dirtied(ConnectionProperty.TYPE_MAP);
    }

    @Nullable Map<String, Class<?>> keptTypeMap() {
        return typeMap;
    }

    /** Forgets what the lease did. For whoever has claimed the connection. */
    void forget() {
        dirty = 0;
        changes = SessionChanges.NONE;
        running = null;
        clientInfo = null;
        typeMap = null;
    }

    // Running statements

    void runs(LeasedStatement statement) {
        RUNNING.setRelease(this, statement);
    }

    void finished(LeasedStatement statement) {
        if (RUNNING.get(this) == statement) {
            RUNNING.setRelease(this, null);
        }
    }

    /** The statement that runs now; of several at once, the last that began. */
    @Nullable LeasedStatement running() {
        return running;
    }

    /** A reset begins or ends. For whoever has claimed the connection. */
    void resetting(boolean now) {
        RESETTING.setRelease(this, now);
    }

    boolean isResetting() {
        return resetting;
    }

    // Failures

    /** What the failure of a call on this connection means for it. */
    FailureVerdict failed(SQLException failure) {
        FailureVerdict verdict = SqlFailures.verdict(failure);
        if (verdict == FailureVerdict.FAILOVER && "25006".equals(failure.getSQLState()) && isReadOnlyByChoice()) {
            return FailureVerdict.OTHER;
        }
        if (verdict == FailureVerdict.BROKEN || verdict == FailureVerdict.FAILOVER) {
            broken = true;
        }
        return verdict;
    }

    /** A write that fails on a connection its holder made read-only says nothing about the server. */
    private boolean isReadOnlyByChoice() {
        return defaults.readOnly() || ConnectionProperty.READ_ONLY.in(dirty) || !changes.isEmpty();
    }

    void broke() {
        broken = true;
    }

    /** Whether an error, or somebody, said that this connection must not be lent again. */
    boolean isBroken() {
        return broken;
    }

    /** Ends the connection at once; whoever is inside comes free. From any thread; does not block with a decent driver. */
    void abort() {
        broken = true;
        try {
            raw.abort(Runnable::run);
        } catch (SQLException | RuntimeException | AbstractMethodError e) {
            // There is no more that could be done: the engine has given the connection up.
        }
    }

    /** Names no credentials: only the driver's class. */
    @Override
    public String toString() {
        return "connection of " + raw.getClass().getName() + (broken ? ", broken" : "");
    }
}
