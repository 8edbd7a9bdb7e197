package dev.weir.jdbc;

import dev.weir.budget.MemoryBudget;
import dev.weir.event.EventStream;
import dev.weir.pool.Connector;
import dev.weir.pool.Eviction;
import dev.weir.pool.Pool;
import dev.weir.pool.PoolEnvironment;
import dev.weir.pool.PoolSettings;
import dev.weir.time.ManualTicker;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;

/** A pool of one real connection whose time and workers are the test's own, lending bare handles. */
final class HandlePool implements AutoCloseable, Connector<PhysicalConnection> {

    final JdbcPool home;
    final ManualTicker ticker = new ManualTicker();
    final List<PhysicalConnection> connected = new CopyOnWriteArrayList<>();
    final List<PhysicalConnection> closed = new CopyOnWriteArrayList<>();
    private final PoolEnvironment environment;
    private final Pool<PhysicalConnection> pool;
    private final String url;
    private final Properties properties = new Properties();
    private final String init;

    HandlePool(String url, SessionReset reset) {
        this(url, reset, "", "", "");
    }

    HandlePool(String url, SessionReset reset, String user, String password, String init) {
        this.url = url;
        this.init = init;
        if (!user.isEmpty()) {
            properties.setProperty("user", user);
            properties.setProperty("password", password);
        }
        this.home = new JdbcPool(reset, Duration.ZERO);
        this.environment = PoolEnvironment.manual(ticker, new EventStream(), MemoryBudget.unlimited(), Runnable::run);
        PoolSettings settings = PoolSettings.shared().toBuilder()
                .min(0)
                .max(1)
                .acquireTimeout(Duration.ofNanos(1))
                .build();
        this.pool = Pool.open("handles", this, settings, environment);
    }

    LeasedConnection get() {
        return new LeasedConnection(pool.lease());
    }

    /** The connection that the pool would lend now. */
    PhysicalConnection current() {
        return connected.get(connected.size() - 1);
    }

    /** Lets time pass and the housekeeper look. */
    void pass(Duration time) {
        ticker.advance(time);
        environment.tick();
    }

    int idle() {
        return pool.snapshot().idle();
    }

    @Override
    public PhysicalConnection connect() throws SQLException {
        Connection raw = DriverManager.getConnection(url, properties);
        if (!init.isEmpty()) {
            try (var statement = raw.createStatement()) {
                statement.execute(init);
            }
        }
        PhysicalConnection connection = PhysicalConnection.of(raw, home, init);
        connected.add(connection);
        return connection;
    }

    @Override
    public boolean check(PhysicalConnection connection, Duration timeout) throws SQLException {
        return connection.raw.isValid((int) timeout.toSeconds());
    }

    @Override
    public void close(PhysicalConnection connection) throws SQLException {
        closed.add(connection);
        if (!connection.isBusy()) {
            connection.raw.close();
        }
    }

    @Override
    public void abort(PhysicalConnection connection) {
        closed.add(connection);
        connection.abort();
    }

    @Override
    public void inspectLeased(PhysicalConnection connection, long nanos, Worker worker) {
        QueryTimeouts.inspect(connection, nanos, worker);
    }

    @Override
    public String endpoint() {
        return "test";
    }

    @Override
    public void close() throws SQLException {
        pool.evict(Eviction.HARD);
        for (PhysicalConnection connection : connected) {
            connection.raw.close();
        }
    }
}
