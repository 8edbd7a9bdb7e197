package dev.weir.jdbc;

import dev.weir.pool.AcquireException;
import dev.weir.pool.Pool;
import dev.weir.pool.PoolSnapshot;
import dev.weir.pool.StatementReport;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletionStage;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source whose connections come from a bounded pool.
 *
 * <pre>{@code
 * try (WeirDataSource orders = WeirDataSource.builder()
 *         .url("jdbc:postgresql://db/orders").user("app").password(secret)
 *         .profile(Profile.FRUGAL)
 *         .build()) {
 *     try (Connection connection = orders.getConnection()) {
 *         ...
 *     }
 * }
 * }</pre>
 *
 * <p>Thread-safe; platform and virtual threads are equally welcome. Closing a connection rolls back what was not committed and resets what was
 * changed. {@link #close} ends the pool.
 */
public final class WeirDataSource implements DataSource, AutoCloseable {

    private static final int MAX_LOGIN_TIMEOUT = 365 * 24 * 3600;

    private final Pool<PhysicalConnection> pool;
    private final JdbcSettings settings;
    private final JdbcPool home;
    private final PoolEnd end;
    private final List<String> warnings;
    private volatile @Nullable PrintWriter logWriter;

    WeirDataSource(
            Pool<PhysicalConnection> pool, JdbcSettings settings, JdbcPool home, PoolEnd end, List<String> warnings) {
        this.pool = pool;
        this.settings = settings;
        this.home = home;
        this.end = end;
        this.warnings = List.copyOf(warnings);
    }

    /** A data source to be set up, from {@link Profile#SHARED}. */
    public static WeirDataSourceBuilder builder() {
        return new WeirDataSourceBuilder();
    }

    /**
     * A data source to be set up from properties with Weir's own names, as {@code docs/configuration.md} lists them. What is
     * wrong with them is told by {@link WeirDataSourceBuilder#build()}, all at once.
     */
    public static WeirDataSourceBuilder fromProperties(Properties properties) {
        return PropertyKeys.read(properties);
    }

    /**
     * A data source to be set up from properties with HikariCP's names, meanings and defaults. Unknown names and values that are
     * unsafe are told by {@link WeirDataSourceBuilder#build()}, all at once; what merely has no effect here is among the {@link
     * WeirDataSourceBuilder#warnings()}.
     */
    public static WeirDataSourceBuilder fromHikariProperties(Properties properties) {
        return HikariProperties.read(properties);
    }

    /**
     * A connection, after waiting for one at most the acquire timeout.
     *
     * @throws java.sql.SQLTransientConnectionException if there is none for now: the wait timed out, the queue turned the request
     *     away, connecting keeps failing, or the thread was interrupted; the message tells the pool's counts and holders
     * @throws java.sql.SQLNonTransientConnectionException if this data source is closed
     */
    @Override
    public Connection getConnection() throws SQLException {
        try {
            LeasedConnection leased = new LeasedConnection(pool.lease());
            StatementStatistics statistics = home.statistics();
            if (statistics != null) {
                statistics.leased(leased.physical());
            }
            return leased;
        } catch (AcquireException failure) {
            throw AcquireFailures.translate(failure);
        }
    }

    /** Waits for the first connection; without one, ends the pool again. */
    void awaitStart() {
        long timeout = settings.startTimeout().toNanos();
        try {
            new LeasedConnection(pool.lease(timeout)).close();
        } catch (AcquireException failure) {
            close(Duration.ZERO);
            throw new StartFailedException(
                    "pool " + pool.name() + " had no connection within " + settings.startTimeout(), failure);
        }
    }

    /**
     * Opens queries whose answers are kept: for ever the same text, with whatever parameters.
     *
     * @param ttl how long an answer may be used
     * @param tables what it is made from, for {@link QueryCache#invalidateTable}
     */
    public CachedQuery cached(String sql, Duration ttl, String... tables) {
        return new CachedQuery(this, home, sql, CacheHint.of(ttl, tables));
    }

    /**
     * The cache of this data source's queries, to drop what is out of date and to see its counts.
     *
     * @throws IllegalStateException if Caffeine is not on the class path
     */
    public QueryCache queryCache() {
        return home.queryCaching().cache();
    }

    /**
     * A connection, if these are the credentials the pool uses anyway: all of its connections have the same.
     *
     * @throws SQLFeatureNotSupportedException if they are others
     */
    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        if (!new Credentials(user, password).equals(currentCredentials())) {
            throw new SQLFeatureNotSupportedException(
                    "the connections of pool " + pool.name()
                            + " all have the credentials it was set up with: call getConnection(), or set up a data source for each user");
        }
        return getConnection();
    }

    private Credentials currentCredentials() throws SQLException {
        try {
            return settings.credentials().credentials();
        } catch (SQLException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new SQLException(
                    "the credentials of pool " + pool.name() + " are not known for now", "08001", failure);
        }
    }

    /**
     * Asks for a connection without waiting for it. The stage completes with a connection, or with the {@link SQLException} that
     * {@link #getConnection()} would throw. Cancelling its future withdraws the request.
     */
    public CompletionStage<Connection> getConnectionAsync() {
        return AsyncConnection.of(pool, pool.settings().acquireTimeout());
    }

    /** What the pool looks like now. */
    public PoolSnapshot snapshot() {
        return pool.snapshot();
    }

    /** The pool, for operators: suspend, resume, resize, reconfigure, evict. */
    public Pool<?> pool() {
        return pool;
    }

    /** The settings it was opened with; those of the pool may have been changed since. */
    public JdbcSettings settings() {
        return settings;
    }

    /**
     * What Weir tells the driver about the prepared statements it may keep, by the driver's own names, because neither a property
     * nor the URL does: {@code preparedStatementCacheQueries=128} and the like. Empty for drivers that Weir does not know.
     */
    public Map<String, String> statementBounds() {
        String url = settings.url();
        return url == null ? Map.of() : StatementBounds.missing(url, settings.driverProperties());
    }

    /** Counts of what connections were cleaned of and statements cut short since the start. */
    public JdbcCounts counts() {
        return JdbcCounts.of(home);
    }

    /** Which statements ran, without their literals, if {@link JdbcSettings#statementStatistics()} asks for it. */
    public StatementReport statements() {
        return DataSourceMember.statements(home);
    }

    /** Changes, for statements from now on, how long one may run whose borrower sets no timeout; zero is none. */
    public void queryTimeout(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("queryTimeout is " + timeout + ": use zero for none, or more");
        }
        home.queryTimeout(timeout);
    }

    /** What was noticed at the set-up and does no harm. */
    public List<String> warnings() {
        return warnings;
    }

    /** Ends the pool: waiters fail, leased connections get the destroy timeout to come back and are then aborted. */
    @Override
    public void close() {
        end.run(pool.settings().destroyTimeout());
    }

    /**
     * Ends the pool, and gives leased connections this long to come back.
     *
     * @param drain zero aborts them at once
     */
    public void close(Duration drain) {
        end.run(drain);
    }

    // What else javax.sql.DataSource asks for

    /** Somewhere to keep a writer; Weir tells what happens by events, and writes nothing there. */
    @Override
    public void setLogWriter(@Nullable PrintWriter writer) {
        logWriter = writer;
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return logWriter;
    }

    /**
     * Sets the longest wait for a connection.
     *
     * @param seconds 0 goes back to the timeout of the settings
     */
    @Override
    public void setLoginTimeout(int seconds) {
        Duration timeout = seconds > 0
                ? Duration.ofSeconds(Math.min(seconds, MAX_LOGIN_TIMEOUT))
                : settings.pool().acquireTimeout();
        pool.reconfigure(now -> now.toBuilder().acquireTimeout(timeout).build());
    }

    /** The longest wait for a connection, in seconds, rounded up. */
    @Override
    public int getLoginTimeout() {
        return (int) pool.settings().acquireTimeout().plusMillis(999).toSeconds();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("dev.weir");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        DataSource behind = settings.dataSource();
        if (type.isInstance(behind)) {
            return type.cast(behind);
        }
        if (behind != null && behind.isWrapperFor(type)) {
            return behind.unwrap(type);
        }
        throw new SQLException("a WeirDataSource wraps no " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        DataSource behind = settings.dataSource();
        return type.isInstance(this) || type.isInstance(behind) || (behind != null && behind.isWrapperFor(type));
    }

    /** The pool's counts. */
    @Override
    public String toString() {
        return pool.toString();
    }
}
