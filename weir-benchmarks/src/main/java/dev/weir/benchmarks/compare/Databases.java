package dev.weir.benchmarks.compare;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.weir.ConnectionPoolManager;
import dev.weir.jdbc.WeirDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/** The database pools of the service, and the transactions it runs on them. Thread-safe. */
final class Databases implements AutoCloseable {

    /** Of a hundred transactions, how many read many rows. */
    private static final int READ_MANY = 1;

    private static final int READS_OF_MANY = 6;
    private static final int WARMING_AT_ONCE = 8;

    private final List<DataSource> pools = new ArrayList<>();
    private final List<Runnable> closers = new ArrayList<>();
    private final List<Integer> sizes;
    private final List<String> statements;

    Databases(Assignment assignment, ConnectionPoolManager manager) {
        sizes = assignment.setup().databases();
        statements = assignment.shape().statements();
        for (int i = 0; i < sizes.size(); i++) {
            boolean weir = assignment.setup().pools() == Setup.Pools.WEIR;
            if (weir) {
                WeirDataSource pool = weir(assignment, i, manager);
                pools.add(pool);
                closers.add(pool::close);
            } else {
                HikariDataSource pool = hikari(assignment, i);
                pools.add(pool);
                closers.add(pool::close);
            }
        }
    }

    private static HikariDataSource hikari(Assignment assignment, int index) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("database-" + index);
        config.setJdbcUrl(assignment.url());
        config.setUsername(assignment.user());
        config.setPassword(assignment.password());
        config.setMaximumPoolSize(assignment.setup().databases().get(index));
        assignment.setup().driver().forEach(config::addDataSourceProperty);
        return new HikariDataSource(config);
    }

    private static WeirDataSource weir(Assignment assignment, int index, ConnectionPoolManager manager) {
        var builder = WeirDataSource.builder()
                .name("database-" + index)
                .url(assignment.url())
                .user(assignment.user())
                .password(assignment.password())
                .settings(
                        settings -> settings.max(assignment.setup().databases().get(index)))
                .manager(manager);
        assignment.setup().driver().forEach(builder::driverProperty);
        return builder.build();
    }

    int size() {
        return pools.size();
    }

    /**
     * Brings every connection to where it is after hours of work: each has run each statement, and read many rows. All
     * connections of a pool are held at once, so that there are as many as there may be.
     */
    void warm(int rounds) throws Exception {
        List<Connection> all = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(WARMING_AT_ONCE);
        try {
            for (int i = 0; i < pools.size(); i++) {
                for (int j = 0; j < sizes.get(i); j++) {
                    all.add(pools.get(i).getConnection());
                }
            }
            List<Future<?>> running = new ArrayList<>();
            for (Connection connection : all) {
                running.add(threads.submit(() -> warm(connection, rounds)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
            for (Connection connection : all) {
                connection.close();
            }
        }
    }

    private Object warm(Connection connection, int rounds) throws SQLException {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        connection.setAutoCommit(false);
        for (int round = 0; round < rounds; round++) {
            for (String statement : statements) {
                one(connection, statement, 1 + random.nextInt(Shape.IDS));
            }
            connection.commit();
        }
        for (int i = 0; i < READS_OF_MANY; i++) {
            many(connection);
            connection.commit();
        }
        connection.setAutoCommit(true);
        return connection;
    }

    /** One transaction, the same for the same seed; returns the rows it read. */
    int transact(int pool, long seed) throws SQLException {
        try (Connection connection = pools.get(pool).getConnection()) {
            connection.setAutoCommit(false);
            int what = Math.floorMod(seed, 100);
            int rest = Math.floorMod(seed / 100, Integer.MAX_VALUE);
            int rows = what < READ_MANY
                    ? many(connection)
                    : one(connection, statements.get(rest % statements.size()), 1 + rest % Shape.IDS);
            connection.commit();
            return rows;
        }
    }

    private static int one(Connection connection, String sql, int id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, id);
            return rows(statement);
        }
    }

    private static int many(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(Shape.MANY)) {
            return rows(statement);
        }
    }

    private static int rows(PreparedStatement statement) throws SQLException {
        int rows = 0;
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                if (result.getObject(1) != null) {
                    rows++;
                }
            }
        }
        return rows;
    }

    @Override
    public void close() {
        closers.forEach(Runnable::run);
        closers.clear();
        pools.clear();
    }
}
