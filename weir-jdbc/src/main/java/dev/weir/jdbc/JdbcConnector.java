package dev.weir.jdbc;

import dev.weir.pool.ConnectFailure;
import dev.weir.pool.ConnectionKind;
import dev.weir.pool.ConnectionWeight;
import dev.weir.pool.Connector;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes, checks and ends the driver's connections for the engine. Thread-safe. */
final class JdbcConnector implements Connector<PhysicalConnection> {

    /**
     * What a connection costs the JVM, measured: 51 kB idle and some more in use with pgjdbc; other drivers are taken to be
     * alike. The pool corrects it where something measures.
     */
    private static final long ESTIMATED_BYTES = 64 << 10;

    private final ConnectionSource source;
    private final JdbcSettings settings;
    private final JdbcPool home;
    private final ServerMemory serverMemory = new ServerMemory();

    JdbcConnector(ConnectionSource source, JdbcSettings settings, JdbcPool home) {
        this.source = source;
        this.settings = settings;
        this.home = home;
    }

    @Override
    public PhysicalConnection connect() throws Exception {
        Credentials credentials = settings.credentials().credentials();
        ConnectionSource.Opened opened = source.open(
                credentials, settings.driverProperties(), settings.pool().createTimeout());
        Connection raw = opened.raw();
        boolean ready = false;
        try {
            configure(raw);
            if (opened.limited()) {
                ConnectTimeouts.lift(raw);
            }
            home.user(credentials.user());
            PhysicalConnection connection =
                    PhysicalConnection.of(raw, home, Objects.requireNonNullElse(settings.connectionInitSql(), ""));
            ready = true;
            StatementStatistics statistics = home.statistics();
            if (statistics != null) {
                statistics.opened(connection);
            }
            return connection;
        } finally {
            if (!ready) {
                closeQuietly(raw);
            }
        }
    }

    private void configure(Connection raw) throws SQLException {
        String initSql = settings.connectionInitSql();
        if (initSql != null) {
            run(raw, initSql, 0);
            if (!raw.getAutoCommit()) {
                raw.commit();
            }
        }
        if (settings.isolation() != null) {
            raw.setTransactionIsolation(settings.isolation());
        }
        if (settings.readOnly() != null) {
            raw.setReadOnly(settings.readOnly());
        }
        if (settings.catalog() != null) {
            raw.setCatalog(settings.catalog());
        }
        if (settings.schema() != null) {
            raw.setSchema(settings.schema());
        }
        // Last: some drivers begin a transaction with the first statement once this is off.
        if (settings.autoCommit() != null && raw.getAutoCommit() != settings.autoCommit()) {
            raw.setAutoCommit(settings.autoCommit());
        }
    }

    private static void closeQuietly(Connection raw) {
        try {
            raw.close();
        } catch (SQLException | RuntimeException alreadyFailing) {
            // The failure that brought us here is the one to tell.
        }
    }

    @Override
    public boolean check(PhysicalConnection connection, Duration timeout) throws SQLException {
        if (connection.isBroken()) {
            return false;
        }
        int seconds = (int) Math.max(1, TimeUnit.MILLISECONDS.toSeconds(timeout.toMillis() + 999));
        String query = settings.checkQuery();
        if (query == null) {
            return connection.raw.isValid(seconds);
        }
        run(connection.raw, query, seconds);
        if (!connection.raw.getAutoCommit()) {
            connection.raw.rollback();
        }
        return true;
    }

    private static void run(Connection raw, String sql, int timeoutSeconds) throws SQLException {
        try (Statement statement = raw.createStatement()) {
            if (timeoutSeconds > 0) {
                statement.setQueryTimeout(timeoutSeconds);
            }
            statement.execute(sql);
        }
    }

    @Override
    public void close(PhysicalConnection connection) throws SQLException {
        forget(connection);
        connection.raw.close();
    }

    private void forget(PhysicalConnection connection) {
        StatementStatistics statistics = home.statistics();
        if (statistics != null) {
            statistics.closed(connection);
        }
    }

    @Override
    public void abort(PhysicalConnection connection) {
        forget(connection);
        connection.abort();
    }

    @Override
    public void cancel(PhysicalConnection connection) throws SQLException {
        LeasedStatement running = connection.running();
        if (running != null) {
            running.cancelRaw();
        }
    }

    @Override
    public boolean isBusy(PhysicalConnection connection) {
        return connection.isBusy();
    }

    @Override
    public void inspectLeased(PhysicalConnection connection, long nanos, Worker worker) {
        QueryTimeouts.inspect(connection, nanos, worker);
    }

    @Override
    public ConnectFailure classify(Throwable failure) {
        return ConnectVerdict.of(failure);
    }

    @Override
    public ConnectionKind connectionKind() {
        return ConnectionKind.JDBC;
    }

    @Override
    public String endpoint() {
        return source.endpoint();
    }

    @Override
    public long estimatedBytes() {
        return ESTIMATED_BYTES;
    }

    @Override
    public boolean weighsServer() {
        return true;
    }

    @Override
    public ConnectionWeight weighServer(PhysicalConnection connection, Duration timeout) throws SQLException {
        return connection.isBroken()
                ? ConnectionWeight.unknown("the connection is broken")
                : serverMemory.of(connection, timeout);
    }

    /** The data source behind, for {@code unwrap}. */
    javax.sql.@Nullable DataSource dataSource() {
        return settings.dataSource();
    }
}
