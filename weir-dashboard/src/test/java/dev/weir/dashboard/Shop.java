package dev.weir.dashboard;

import dev.weir.ConnectionPoolManager;
import dev.weir.jdbc.WeirDataSource;
import dev.weir.jdbc.WeirDataSourceBuilder;
import dev.weir.postgres.LocalPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/** A data source on a real PostgreSQL, under a manager, and customers whose statements hold what nobody may see. */
final class Shop implements AutoCloseable {

    static final String HIDDEN_NAME = "hidden-customer";
    static final String HIDDEN_NUMBER = "987654321012";

    private final LocalPostgres postgres = LocalPostgres.start();
    private final ConnectionPoolManager manager;
    private final WeirDataSource source;
    private final List<Thread> customers = new ArrayList<>();
    private volatile boolean ended;

    Shop(ConnectionPoolManager manager) throws IOException, SQLException {
        this.manager = manager;
        source = source("shop")
                .settings(pool -> pool.min(1).max(5))
                .statementStatistics(true)
                .build();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table orders (id bigint primary key, customer text)");
            statement.execute("insert into orders values (" + HIDDEN_NUMBER + ", '" + HIDDEN_NAME + "')");
        }
        for (int i = 0; i < 3; i++) {
            start("customer-" + i, this::buy);
        }
    }

    /** A statement that runs until the end. */
    void linger() {
        start("patient", () -> {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("select pg_sleep(3000) from orders where id = " + HIDDEN_NUMBER + " and customer = '"
                        + HIDDEN_NAME + "'");
            }
        });
    }

    /** A data source with more connections than it needs: it was never asked for two at once. */
    WeirDataSource spare(int connections) throws SQLException {
        WeirDataSource made = source("spare")
                .settings(pool -> pool.min(connections).max(connections).idleTimeout(Duration.ZERO))
                .build();
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> made.snapshot().idle() == connections);
        for (int i = 0; i < 100; i++) {
            made.getConnection().close();
        }
        return made;
    }

    private WeirDataSourceBuilder source(String name) {
        return WeirDataSource.builder()
                .name(name)
                .manager(manager)
                .url(postgres.url())
                .user(postgres.user())
                .password(postgres.password());
    }

    private void buy() throws SQLException {
        while (!ended) {
            try (Connection connection = source.getConnection();
                    PreparedStatement prepared =
                            connection.prepareStatement("select customer from orders where id = ?");
                    Statement statement = connection.createStatement()) {
                prepared.setLong(1, Long.parseLong(HIDDEN_NUMBER));
                prepared.executeQuery().close();
                statement.execute("update orders set customer = '" + HIDDEN_NAME + "' where id = " + HIDDEN_NUMBER);
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private interface Work {
        void run() throws SQLException;
    }

    private void start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (SQLException closed) {
                        // So it ends.
                    }
                },
                name);
        thread.setDaemon(true);
        customers.add(thread);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        ended = true;
        source.close(Duration.ZERO);
        postgres.close();
    }
}
