package dev.weir.benchmarks;

import dev.weir.ConnectionPoolManager;
import dev.weir.benchmarks.noop.NoopDriver;
import dev.weir.jdbc.WeirDataSource;
import dev.weir.jdbc.WeirDataSourceBuilder;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/**
 * The same pool in one JVM, watched and not, in turns: a lease and its return on the driver that does nothing, and the throughput on
 * a real PostgreSQL. The difference is taken turn by turn, so that what drifts on the machine falls out.
 */
final class OverheadWork implements Work {

    private static final int CYCLES = 1_000;
    private static final String LEASE = "getConnection and close";
    private static final String SELECT = "select 1 on PostgreSQL";

    /** Measures a pool for so long, by one figure. */
    @FunctionalInterface
    private interface Load {
        double run(WeirDataSource pool, long nanos) throws Exception;
    }

    @Override
    public List<Figure> measure(Subject subject) throws Exception {
        Effort effort = subject.effort();
        List<Figure> figures = new ArrayList<>();
        double[][] times = turns(noop(), 32, OverheadWork::leaseNanos, effort, effort.iterationMillis * 1_000_000L);
        figure(figures, subject, LEASE, "off", times[0], "ns");
        figure(figures, subject, LEASE, "on", times[1], "ns");
        figure(figures, subject, LEASE, "overhead", each(times, (off, on) -> on - off), "ns");
        if (System.getenv(PostgresWork.URL) != null) {
            long nanos = effort.postgresMillis * 1_000_000L / 2;
            double[][] rates = turns(postgres(), PostgresWork.SIZE, PostgresWork::selectsPerSecond, effort, nanos);
            figure(figures, subject, SELECT, "off", Medians.each(rates[0], rate -> rate / 1e3), "k/s");
            figure(figures, subject, SELECT, "on", Medians.each(rates[1], rate -> rate / 1e3), "k/s");
            figure(figures, subject, SELECT, "overhead", each(rates, (off, on) -> 100 * (off - on) / off), "%");
        }
        return figures;
    }

    /** The measurements of each turn, without and with those who watch. */
    private static double[][] turns(WeirDataSourceBuilder built, int size, Load load, Effort effort, long nanos)
            throws Exception {
        // The first turn warms both up.
        int turns = 1 + 2 * effort.iterations;
        double[][] found = new double[2][turns];
        try (ConnectionPoolManager manager = ConnectionPoolManager.create();
                WeirDataSource pool = built.manager(manager).build()) {
            Borrowers.fill(pool, size);
            for (int i = 0; i < turns; i++) {
                for (int half = 0; half < 2; half++) {
                    // Who comes first alternates.
                    boolean on = (half + i) % 2 == 1;
                    found[on ? 1 : 0][i] = on ? watched(manager, pool, load, nanos) : settled(pool, load, nanos);
                }
            }
        }
        return Arrays.stream(found)
                .map(values -> Arrays.copyOfRange(values, 1, turns))
                .toArray(double[][]::new);
    }

    @SuppressWarnings("try") // they are only there to watch
    private static double watched(ConnectionPoolManager manager, WeirDataSource pool, Load load, long nanos)
            throws Exception {
        try (Watchers all = Watchers.of(manager)) {
            return settled(pool, load, nanos);
        }
    }

    /** Only once the compiler has got over whatever has just begun or ended to watch. */
    private static double settled(WeirDataSource pool, Load load, long nanos) throws Exception {
        load.run(pool, nanos / 2);
        return load.run(pool, nanos);
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

    private static double[] each(double[][] turns, DoubleBinaryOperator comparison) {
        double[] compared = new double[turns[0].length];
        for (int i = 0; i < compared.length; i++) {
            compared[i] = comparison.applyAsDouble(turns[0][i], turns[1][i]);
        }
        return compared;
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

    private static WeirDataSourceBuilder postgres() {
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
