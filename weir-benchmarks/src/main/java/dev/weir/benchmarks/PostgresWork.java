package dev.weir.benchmarks;

import dev.weir.benchmarks.contender.OpenPool;
import dev.weir.benchmarks.contender.PoolSpec;
import dev.weir.jdbc.WeirDataSource;
import dev.weir.jdbc.WeirDataSourceBuilder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** {@code select 1}, and the transaction of TPC-B as pgbench has it, through a pool of 10 on a real server. */
final class PostgresWork implements Work {

    /** Environment variables by which a fork is told of the server; arguments could be read by others. */
    static final String URL = "WEIR_BENCH_URL";

    static final String USER = "WEIR_BENCH_USER";
    static final String PASSWORD = "WEIR_BENCH_PASSWORD";

    static final int THREADS = 32;
    static final int SIZE = 10;
    private static final int SCALE = 4;

    @FunctionalInterface
    private interface Transaction {
        void run(Connection connection) throws SQLException;
    }

    @Override
    public List<Figure> measure(Subject subject) throws Exception {
        Map<String, String> server = System.getenv();
        PoolSpec spec = new PoolSpec(
                "org.postgresql.Driver",
                server.getOrDefault(URL, ""),
                server.getOrDefault(USER, ""),
                server.getOrDefault(PASSWORD, ""),
                SIZE,
                SIZE,
                Duration.ofSeconds(30),
                Duration.ZERO);
        List<Figure> figures = new ArrayList<>();
        try (OpenPool pool = subject.contender().open(spec)) {
            Borrowers.fill(pool.dataSource(), SIZE);
            long length = subject.effort().postgresMillis * 1_000_000L;
            load(pool.dataSource(), PostgresWork::selectOne, length / 2, THREADS);
            figures.addAll(load(subject, pool.dataSource(), "select 1", PostgresWork::selectOne, length));
            figures.addAll(load(subject, pool.dataSource(), "TPC-B", PostgresWork::tpcB, length));
        }
        return figures;
    }

    /** Makes pgbench's tables. */
    static void prepare(String url, String user, String password) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, password);
                Statement statement = connection.createStatement()) {
            for (String sql : List.of(
                    "create table pgbench_branches(bid int primary key, bbalance int) with (fillfactor=10)",
                    "create table pgbench_tellers(tid int primary key, bid int, tbalance int) with (fillfactor=10)",
                    "create table pgbench_accounts(aid int primary key, bid int, abalance int, filler char(84))"
                            + " with (fillfactor=90)",
                    "create table pgbench_history(tid int, bid int, aid int, delta int, mtime timestamp)",
                    "insert into pgbench_branches select n, 0 from generate_series(1, " + SCALE + ") n",
                    "insert into pgbench_tellers select n, (n - 1) / 10 + 1, 0 from generate_series(1, " + 10 * SCALE
                            + ") n",
                    "insert into pgbench_accounts select n, (n - 1) / 100000 + 1, 0, '' from generate_series(1, "
                            + 100_000 * SCALE + ") n",
                    "analyze")) {
                statement.execute(sql);
            }
        }
    }

    private static List<Figure> load(Subject subject, DataSource pool, String variant, Transaction work, long nanos)
            throws InterruptedException {
        long begin = System.nanoTime();
        Waits all = load(pool, work, nanos, THREADS);
        double seconds = (System.nanoTime() - begin) / 1e9;
        List<Figure> figures = new ArrayList<>();
        String id = subject.pool();
        figures.add(Figure.of(Row.POSTGRES, variant, id, "throughput", all.leases() / seconds / 1e3, "k/s"));
        figures.add(Figure.of(Row.POSTGRES, variant, id, "p50", all.millisAt(50), "ms"));
        figures.add(Figure.of(Row.POSTGRES, variant, id, "p99", all.millisAt(99), "ms"));
        figures.add(Figure.of(Row.POSTGRES, variant, id, "p99.9", all.millisAt(99.9), "ms"));
        figures.add(Figure.of(Row.POSTGRES, variant, id, "longest", all.longestMillis(), "ms"));
        figures.add(Figure.of(Row.POSTGRES, variant, id, "failed", all.timeouts(), ""));
        return figures;
    }

    /** Weir's pool on the server that this JVM was told of. */
    static WeirDataSourceBuilder pool() {
        Map<String, String> server = System.getenv();
        return WeirDataSource.builder()
                .url(server.getOrDefault(URL, ""))
                .user(server.getOrDefault(USER, ""))
                .password(server.getOrDefault(PASSWORD, ""))
                .settings(settings ->
                        settings.min(SIZE).max(SIZE).maxWaiters(1_000).acquireTimeout(Duration.ofMinutes(1)));
    }

    /** {@code select 1} with a lease of its own, once. */
    static long selectOnce(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            selectOne(connection);
        }
        return 1;
    }

    /** Times from asking for the connection to having it given back. */
    private static Waits load(DataSource pool, Transaction work, long nanos, int threads) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        @Nullable Waits[] waits = new Waits[threads];
        Borrowers.together(Thread::new, threads, nanos / 1_000_000 + 35_000, index -> {
            Waits own = new Waits();
            waits[index] = own;
            long begin = System.nanoTime();
            while (begin - end < 0) {
                try (Connection connection = pool.getConnection()) {
                    work.run(connection);
                } catch (SQLException failed) {
                    own.timedOut();
                }
                long now = System.nanoTime();
                own.waited(now - begin);
                own.held(now - begin);
                begin = now;
            }
        });
        return Waits.joined(waits);
    }

    private static void selectOne(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select 1");
                ResultSet result = statement.executeQuery()) {
            result.next();
        }
    }

    private static void tpcB(Connection connection) throws SQLException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int account = random.nextInt(100_000 * SCALE) + 1;
        int teller = random.nextInt(10 * SCALE) + 1;
        int branch = random.nextInt(SCALE) + 1;
        int delta = random.nextInt(10_001) - 5_000;
        connection.setAutoCommit(false);
        update(connection, "update pgbench_accounts set abalance = abalance + ? where aid = ?", delta, account);
        try (PreparedStatement statement =
                connection.prepareStatement("select abalance from pgbench_accounts where aid = ?")) {
            statement.setInt(1, account);
            statement.executeQuery().next();
        }
        update(connection, "update pgbench_tellers set tbalance = tbalance + ? where tid = ?", delta, teller);
        update(connection, "update pgbench_branches set bbalance = bbalance + ? where bid = ?", delta, branch);
        update(
                connection,
                "insert into pgbench_history (tid, bid, aid, delta, mtime) values (?, ?, ?, ?, now())",
                teller,
                branch,
                account,
                delta);
        connection.commit();
        connection.setAutoCommit(true);
    }

    private static void update(Connection connection, String sql, int... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setInt(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
