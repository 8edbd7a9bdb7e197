package dev.weir.jdbc;

import dev.weir.pool.Slot;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A driver's connection and everything Weir remembers about it. This is what the engine pools; handles come and go.
 *
 * <p>A connection is lent to one holder at a time, so what a lease dirties is noted here and forgotten when the lease
 * ends. {@link LeaseAccess} lets callers in; those that do not have the lease to themselves are counted here.
 *
 * <p>One long, {@code shared}, holds the number of such callers inside (low 16 bits) and of their calls so far (above).
 */
final class PhysicalConnection {

    /** A call of one of several threads. */
    static final long CALL = 1L << 16;

    private static final long INSIDE = CALL - 1;
    private static final VarHandle SHARED;
    private static final VarHandle OWNER_INSIDE;
    private static final VarHandle OWN_OPEN;
    private static final VarHandle OPEN;
    private static final VarHandle DIRTY;
    private static final VarHandle CHANGES;
    private static final VarHandle RUNNING;
    private static final VarHandle RESETTING;
    private static final VarHandle TIMED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            SHARED = lookup.findVarHandle(PhysicalConnection.class, "shared", long.class);
            OWNER_INSIDE = lookup.findVarHandle(PhysicalConnection.class, "ownerInside", int.class);
            OWN_OPEN = lookup.findVarHandle(PhysicalConnection.class, "ownOpen", AutoCloseable.class);
            OPEN = lookup.findVarHandle(PhysicalConnection.class, "open", OpenParts.class);
            DIRTY = lookup.findVarHandle(PhysicalConnection.class, "dirty", int.class);
            CHANGES = lookup.findVarHandle(PhysicalConnection.class, "changes", SessionChanges.class);
            RESETTING = lookup.findVarHandle(PhysicalConnection.class, "resetting", boolean.class);
            TIMED = lookup.findVarHandle(PhysicalConnection.class, "timed", StatementRun.class);
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

    /** What the housekeeper saw running; its own. */
    private @Nullable QueryWatch watch;

    /** Where the pool keeps it; the same for the connection's whole life, known from its first lease on. */
    private @Nullable Slot<PhysicalConnection> slot;

    @SuppressWarnings("FieldMayBeFinal") // moved through SHARED
    private volatile long shared;

    /** How deep the owner of the lease is inside calls; for onlookers. */
    @SuppressWarnings({"FieldMayBeFinal", "UnusedVariable"}) // moved through OWNER_INSIDE
    private int ownerInside;

    /** The number of shared calls at the last commit or rollback after which nothing was done. */
    private long settledAt;

    /** A part that the owner has open; further ones, and those of other threads, are among the {@link #open}. */
    private @Nullable AutoCloseable ownOpen;

    @SuppressWarnings("FieldMayBeFinal") // moved through OPEN
    private volatile @Nullable OpenParts open;

    /** How many resets began; tells one from the next. */
    private volatile int resets;

    @SuppressWarnings("FieldMayBeFinal") // moved through DIRTY
    private volatile int dirty;

    private volatile SessionChanges changes = SessionChanges.NONE;
    private volatile @Nullable LeasedStatement running;
    private volatile boolean resetting;
    /** What runs, where runs are timed. */
    private volatile @Nullable StatementRun timed;
    /** The lease that is looked at; of most leases there is none. */
    private volatile @Nullable Hold hold;

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

    void lentFrom(Slot<PhysicalConnection> place) {
        if (slot != place) {
            slot = place;
        }
    }

    Slot<PhysicalConnection> slot() {
        return Objects.requireNonNull(slot, "only a lease asks");
    }

    // Calls

    /** The calls of several threads, in whatever lease, and how many are inside. */
    long shared() {
        return shared;
    }

    /** One of several threads comes inside. A full fence: whoever ends the lease afterwards sees it, or it sees the end. */
    void enterShared(long call) {
        SHARED.getAndAdd(this, call + 1);
    }

    void exitShared() {
        SHARED.getAndAdd(this, -1L);
    }

    boolean isAnyoneShared() {
        return (shared & INSIDE) != 0;
    }

    void ownerInside(int depth) {
        OWNER_INSIDE.setOpaque(this, depth);
    }

    /** Whether somebody seems to be inside a call now; such a lease is busy, not leaked. */
    boolean isBusy() {
        return isAnyoneShared() || (int) OWNER_INSIDE.getOpaque(this) != 0;
    }

    /**
     * A commit or rollback succeeded.
     *
     * @param before the {@link #shared} calls just before it
     * @param own how many of them it was itself
     * @return whether nothing else came between
     */
    boolean settled(long before, int own) {
        long now = shared;
        boolean alone = ((before | now) & INSIDE) == 0 && now == before + own * CALL;
        if (alone) {
            settledAt = now >>> 16;
        }
        return alone;
    }

    /** Whether any of several threads did something since the last commit or rollback. */
    boolean isSharedUnsettled() {
        return settledAt != shared >>> 16;
    }

    // Parts

    /** A part was opened, by a thread that is inside. */
    void opened(AutoCloseable part, boolean byOwner) {
        if (byOwner && ownOpen == null) {
            ownOpen = part;
            return;
        }
        OpenParts more = open;
        while (more == null) {
            OPEN.compareAndSet(this, null, new OpenParts());
            more = open;
        }
        more.add(part);
    }

    /** A part was closed, by a thread that is inside. */
    void closed(AutoCloseable part, boolean byOwner) {
        if (ownOpen == part) {
            if (byOwner) {
                ownOpen = null;
            } else {
                OWN_OPEN.compareAndSet(this, part, null);
            }
            return;
        }
        OpenParts more = open;
        if (more != null) {
            more.remove(part);
        }
    }

    /** Closes the parts that are open and answers how many there were. For whoever has claimed the connection. */
    int closeOpenParts() throws SQLException {
        AutoCloseable last = ownOpen;
        OpenParts more = open;
        if (last == null && more == null) {
            return 0;
        }
        ownOpen = null;
        open = null;
        OpenParts all = more == null ? new OpenParts() : more;
        if (last != null) {
            all.add(last);
        }
        return all.close();
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

    /** Whether the lease has left nothing to close, undo or retire for, but perhaps a transaction. */
    boolean isClean() {
        return dirty == 0 && changes.isEmpty() && ownOpen == null && open == null && !broken && hold == null;
    }

    /** Forgets what the lease did. For whoever has claimed the connection. */
    void forget() {
        settledAt = shared >>> 16;
        dirty = 0;
        changes = SessionChanges.NONE;
        running = null;
        timed = null;
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
        StatementRun run = (StatementRun) TIMED.get(this);
        if (run != null && run.statement == statement) {
            TIMED.setRelease(this, null);
            long took = run.end();
            Hold looked = hold;
            if (looked != null) {
                looked.worked(took);
            }
        }
    }

    /** A statement begins that is timed. Of several at once on one connection, the last alone is. */
    void timed(@Nullable StatementRun run) {
        TIMED.setRelease(this, run);
    }

    @Nullable StatementRun timed() {
        return timed;
    }

    /** What is timed now, if anything is, has failed. */
    void timedFailed() {
        StatementRun run = timed;
        if (run != null) {
            run.failed();
        }
    }

    /** The lease that has just begun is looked at. */
    void watched(Hold lease) {
        hold = lease;
    }

    /** That lease ends. For whoever has claimed the connection. */
    void unwatched() {
        Hold ended = hold;
        if (ended != null) {
            hold = null;
            ended.end();
        }
    }

    /** When work on the server began; 0 where nobody looks. */
    long workBegins() {
        return hold == null ? 0 : System.nanoTime();
    }

    void worked(long since) {
        Hold looked = hold;
        if (looked != null && since != 0) {
            looked.worked(System.nanoTime() - since);
        }
    }

    /** The statement that runs now; of several at once, the last that began. */
    @Nullable LeasedStatement running() {
        return running;
    }

    /** A reset begins or ends. For whoever has claimed the connection. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // the claimant alone writes it
    void resetting(boolean now) {
        if (now) {
            resets++;
        }
        RESETTING.setRelease(this, now);
    }

    /** For {@link QueryTimeouts} alone, which runs on the housekeeper's thread. */
    QueryWatch watch() {
        QueryWatch watching = watch;
        if (watching == null) {
            watching = new QueryWatch();
            watch = watching;
        }
        return watching;
    }

    boolean isWatched() {
        return watch != null;
    }

    int resets() {
        return resets;
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
