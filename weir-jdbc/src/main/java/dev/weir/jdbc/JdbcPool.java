package dev.weir.jdbc;

import dev.weir.time.Ticker;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What all connections of one data source share: how they are reset, how long a statement may run, what was counted.
 * Safe for all threads; settings may change while connections are lent.
 */
final class JdbcPool {

    /** The grace between cancelling a statement and aborting its connection. */
    static final Duration CANCEL_GRACE = Duration.ofSeconds(5);

    private volatile SessionReset sessionReset;
    private volatile long queryTimeoutNanos;
    private volatile long cancelGraceNanos = CANCEL_GRACE.toNanos();

    /** What the statements that run here leave behind. */
    private final SqlMemo statements;
    /** Which statements run; {@code null}: nobody asked. */
    private final @Nullable StatementStatistics statistics;
    /** Whether handles are closed by other threads than those that leased. */
    private volatile boolean handlesTravel;

    private volatile @Nullable ConnectionDefaults lastDefaults;
    private volatile @Nullable SessionBaseline baseline;

    /** Statements that borrowers left open and Weir closed. */
    final LongAdder statementsLeftOpen = new LongAdder();
    /** Leases that ended with a rollback of work their borrower had not committed, or might not have. */
    final LongAdder rollbacks = new LongAdder();
    /** Leases that ended with session state undone. */
    final LongAdder sessionsUndone = new LongAdder();
    /** Leases that ended with a connection that could not be brought back to a clean state. */
    final LongAdder retiredDirty = new LongAdder();
    /** Statements cancelled because they ran longer than the default query timeout. */
    final LongAdder statementsCancelled = new LongAdder();
    /** Connections aborted because cancelling did not help. */
    final LongAdder connectionsAborted = new LongAdder();

    private volatile QueryCaching queryCaching = new QueryCaching(QueryCacheSettings.DEFAULT, Ticker.system());
    private volatile @Nullable String user;

    /** @param queryTimeout for statements whose borrower sets none; zero is none */
    JdbcPool(SessionReset sessionReset, Duration queryTimeout) {
        this(sessionReset, queryTimeout, null);
    }

    /** With statistics of statements, if there are any. */
    JdbcPool(SessionReset sessionReset, Duration queryTimeout, @Nullable StatementStatistics statistics) {
        this.statements = new SqlMemo(statistics);
        this.statistics = statistics;
        this.sessionReset = sessionReset;
        this.queryTimeoutNanos = queryTimeout.toNanos();
    }

    SqlMemo statements() {
        return statements;
    }

    @Nullable StatementStatistics statistics() {
        return statistics;
    }

    boolean handlesTravel() {
        return handlesTravel;
    }

    void aHandleTravelled() {
        handlesTravel = true;
    }

    SessionReset sessionReset() {
        return sessionReset;
    }

    void sessionReset(SessionReset mode) {
        sessionReset = mode;
    }

    /** Nanoseconds; 0 is none. */
    long queryTimeoutNanos() {
        return queryTimeoutNanos;
    }

    void queryTimeout(Duration timeout) {
        queryTimeoutNanos = timeout.toNanos();
    }

    long cancelGraceNanos() {
        return cancelGraceNanos;
    }

    void cancelGrace(Duration grace) {
        cancelGraceNanos = grace.toNanos();
    }

    QueryCaching queryCaching() {
        return queryCaching;
    }

    void queryCaching(QueryCaching caching) {
        queryCaching = caching;
    }

    /** Whom the newest connection was opened for; {@code null} where the driver knew. */
    @Nullable String user() {
        return user;
    }

    void user(@Nullable String name) {
        user = name;
    }

    /** Equal defaults are one object over all connections of the pool. */
    ConnectionDefaults shared(ConnectionDefaults read) {
        ConnectionDefaults last = lastDefaults;
        if (last != null && last.equals(read)) {
            return last;
        }
        lastDefaults = read;
        return read;
    }

    /** The session settings of a new connection, read from the first. */
    SessionBaseline baseline(Connection raw, Dialect dialect, String initSql) throws SQLException {
        SessionBaseline known = baseline;
        if (known == null) {
            known = SessionBaseline.read(raw, dialect, initSql);
            baseline = known;
        }
        return known;
    }

    SessionBaseline baseline() {
        SessionBaseline known = baseline;
        return known == null ? SessionBaseline.EMPTY : known;
    }
}
