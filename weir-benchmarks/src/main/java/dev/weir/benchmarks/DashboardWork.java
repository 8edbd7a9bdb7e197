package dev.weir.benchmarks;

import dev.weir.ConnectionPoolManager;
import dev.weir.benchmarks.noop.NoopDriver;
import dev.weir.jdbc.WeirDataSource;
import dev.weir.jdbc.WeirDataSourceBuilder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What it costs to be looked at, by turns: an open page of the dashboard, and the statistics of statements that it shows. The
 * latter on a driver that does nothing, where every nanosecond shows, and both on a real PostgreSQL.
 */
final class DashboardWork implements Work {

    private static final int ROUNDS = 200;
    private static final String POOL = "bench";
    private static final String STATEMENT = "a statement, with its lease, statistics of statements";
    private static final String PAGE = "select 1 on PostgreSQL, an open page";
    private static final String STATISTICS = "select 1 on PostgreSQL, statistics of statements";

    @Override
    public List<Figure> measure(Subject subject) throws Exception {
        Effort effort = subject.effort();
        List<Figure> figures = new ArrayList<>();
        Turns statements = statistics(noop(), noop(), 4, DashboardWork::statementNanos, effort, effort.iterationMillis);
        figures.add(figure(subject, STATEMENT, "off", statements.off(), "ns"));
        figures.add(figure(subject, STATEMENT, "on", statements.on(), "ns"));
        figures.add(figure(subject, STATEMENT, "overhead", statements.each((off, on) -> on - off), "ns"));
        if (System.getenv(PostgresWork.URL) != null) {
            int millis = effort.postgresMillis / 2;
            rates(figures, subject, PAGE, page(effort, millis));
            rates(
                    figures,
                    subject,
                    STATISTICS,
                    statistics(
                            postgres(), postgres(), PostgresWork.SIZE, PostgresWork::selectsPerSecond, effort, millis));
        }
        return figures;
    }

    private static Turns statistics(
            WeirDataSourceBuilder off, WeirDataSourceBuilder on, int size, Turns.Load load, Effort effort, long millis)
            throws Exception {
        try (WeirDataSource without = off.statementStatistics(false).build();
                WeirDataSource with = on.statementStatistics(true).build()) {
            Borrowers.fill(without, size);
            Borrowers.fill(with, size);
            return Turns.take(without, with, () -> () -> {}, load, effort, millis * 1_000_000L);
        }
    }

    private static Turns page(Effort effort, long millis) throws Exception {
        try (ConnectionPoolManager manager = ConnectionPoolManager.create();
                WeirDataSource pool = postgres().name(POOL).manager(manager).build()) {
            Borrowers.fill(pool, PostgresWork.SIZE);
            // A page is sent something at once, and then by the second.
            long nanos = Math.max(800, millis) * 1_000_000L;
            return Turns.take(
                    pool, pool, () -> OpenPage.on(manager, POOL), PostgresWork::selectsPerSecond, effort, nanos);
        }
    }

    private static double statementNanos(WeirDataSource pool, long nanos) throws SQLException {
        long begin = System.nanoTime();
        long runs = 0;
        long now = begin;
        while (now - begin < nanos) {
            for (int i = 0; i < ROUNDS; i++) {
                try (Connection connection = pool.getConnection();
                        PreparedStatement statement = connection.prepareStatement("select 1 from t where id = ?");
                        ResultSet answer = statement.executeQuery()) {
                    runs += answer == null ? 0 : 1;
                }
            }
            now = System.nanoTime();
        }
        return (double) (now - begin) / runs;
    }

    private static void rates(List<Figure> figures, Subject subject, String variant, Turns rates) {
        figures.add(figure(subject, variant, "off", Medians.each(rates.off(), rate -> rate / 1e3), "k/s"));
        figures.add(figure(subject, variant, "on", Medians.each(rates.on(), rate -> rate / 1e3), "k/s"));
        figures.add(figure(subject, variant, "overhead", rates.percentLess(), "%"));
    }

    private static Figure figure(Subject subject, String variant, String metric, double[] values, String unit) {
        return Medians.figure(Row.DASHBOARD.id(), variant, subject.pool(), metric, values, unit);
    }

    private static WeirDataSourceBuilder noop() {
        return WeirDataSource.builder()
                .driverClassName(NoopDriver.class.getName())
                .url(NoopDriver.url(0))
                .settings(settings -> settings.min(4).max(4).acquireTimeout(Duration.ofMinutes(1)));
    }

    static WeirDataSourceBuilder postgres() {
        Map<String, String> server = System.getenv();
        return WeirDataSource.builder()
                .url(server.getOrDefault(PostgresWork.URL, ""))
                .user(server.getOrDefault(PostgresWork.USER, ""))
                .password(server.getOrDefault(PostgresWork.PASSWORD, ""))
                .settings(settings -> settings.min(PostgresWork.SIZE)
                        .max(PostgresWork.SIZE)
                        .maxWaiters(1_000)
                        .acquireTimeout(Duration.ofMinutes(1)));
    }
}
