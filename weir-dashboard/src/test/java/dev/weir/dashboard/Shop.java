package dev.weir.dashboard;

import dev.weir.ConnectionPoolManager;
import dev.weir.jdbc.WeirDataSource;
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

/** A data source on a real PostgreSQL, under a manager, and customers whose statements hold what nobody may see. */
final class Shop implements AutoCloseable {

    static final String HIDDEN_NAME = "hidden-customer";
    static final String HIDDEN_NUMBER = "987654321012";

    private final LocalPostgres postgres = LocalPostgres.start();
    private final WeirDataSource source;
    private final List<Thread> customers = new ArrayList<>();
    private volatile boolean ended;

    Shop(ConnectionPoolManager manager) throws IOException, SQLException {
        source = WeirDataSource.builder()
                .name("shop")
                .url(postgres.url())
                .user(postgres.user())
                .password(postgres.password())
                .settings(pool -> pool.min(1).max(5))
                .statementStatistics(true)
                .manager(manager)
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
