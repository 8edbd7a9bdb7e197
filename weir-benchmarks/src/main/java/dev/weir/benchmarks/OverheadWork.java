package dev.weir.benchmarks;

import dev.weir.ConnectionPoolManager;
import dev.weir.benchmarks.noop.NoopDriver;
import dev.weir.jdbc.WeirDataSource;
import dev.weir.jdbc.WeirDataSourceBuilder;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The same pool in one JVM, watched and not, in turns: a lease and its return on the driver that does nothing, and the throughput on
 * a real PostgreSQL.
 */
final class OverheadWork implements Work {

    private static final int CYCLES = 1_000;
    private static final String LEASE = "getConnection and close";
    private static final String SELECT = "select 1 on PostgreSQL";

    @Override
    public List<Figure> measure(Subject subject) throws Exception {
        Effort effort = subject.effort();
        List<Figure> figures = new ArrayList<>();
        Turns times = turns(noop(), 32, OverheadWork::leaseNanos, effort, effort.iterationMillis * 1_000_000L);
        figure(figures, subject, LEASE, "off", times.off(), "ns");
        figure(figures, subject, LEASE, "on", times.on(), "ns");
        figure(figures, subject, LEASE, "overhead", times.each((off, on) -> on - off), "ns");
        if (System.getenv(PostgresWork.URL) != null) {
            long nanos = effort.postgresMillis * 1_000_000L / 2;
            Turns rates =
                    turns(DashboardWork.postgres(), PostgresWork.SIZE, PostgresWork::selectsPerSecond, effort, nanos);
            figure(figures, subject, SELECT, "off", Medians.each(rates.off(), rate -> rate / 1e3), "k/s");
            figure(figures, subject, SELECT, "on", Medians.each(rates.on(), rate -> rate / 1e3), "k/s");
            figure(figures, subject, SELECT, "overhead", rates.percentLess(), "%");
        }
        return figures;
    }

    /** The same pool, without and with those who watch. */
    private static Turns turns(WeirDataSourceBuilder built, int size, Turns.Load load, Effort effort, long nanos)
            throws Exception {
        try (ConnectionPoolManager manager = ConnectionPoolManager.create();
                WeirDataSource pool = built.manager(manager).build()) {
            Borrowers.fill(pool, size);
            return Turns.take(pool, pool, () -> Watchers.of(manager), load, effort, nanos);
        }
    }

    private static double leaseNanos(WeirDataSource pool, long nanos) throws SQLException {
        long begin = System.nanoTime();
        long leases = 0;
        long now = begin;
        while (now - begin < nanos) {
            for (int i = 0; i < CYCLES; i++) {
                try (Connection connection = pool.getConnection()) {
                    leases += connection == null ? 0 : 1;
                }
            }
            now = System.nanoTime();
        }
        return (double) (now - begin) / leases;
    }

    private static void figure(
            List<Figure> figures, Subject subject, String variant, String metric, double[] values, String unit) {
        figures.add(Medians.figure(Row.OVERHEAD.id(), variant, subject.pool(), metric, values, unit));
    }

    private static WeirDataSourceBuilder noop() {
        return WeirDataSource.builder()
                .driverClassName(NoopDriver.class.getName())
                .url(NoopDriver.url(0))
                .settings(settings -> settings.min(32).max(32).acquireTimeout(Duration.ofMinutes(1)));
    }
}
