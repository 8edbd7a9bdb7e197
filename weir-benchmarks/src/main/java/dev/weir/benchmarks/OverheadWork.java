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
 * The same pool in one JVM, watched and not, in turns: a lease and its return on the driver that does nothing, and {@code select 1} on
 * a real PostgreSQL by more threads than there are connections, for who has to queue pays most for being watched.
 */
final class OverheadWork implements Work {

    private static final int CYCLES = 1_000;
    private static final int CONNECTIONS = 32;
    private static final String LEASE = "getConnection and close";
    private static final String SELECT = "select 1 on PostgreSQL";

    @Override
    public List<Figure> measure(Subject subject) throws Exception {
        List<Figure> figures = new ArrayList<>();
        figures.addAll(TurnsFigures.times(subject, LEASE, leases(subject.effort()), 1));
        if (System.getenv(PostgresWork.URL) != null) {
            figures.addAll(TurnsFigures.rates(subject, SELECT, selects(subject.effort())));
        }
        return figures;
    }

    private static Turns leases(Effort effort) throws Exception {
        try (ConnectionPoolManager manager = ConnectionPoolManager.create();
                WeirDataSource pool = noop().manager(manager).build()) {
            Borrowers.fill(pool, CONNECTIONS);
            try (SteadyLoad load = SteadyLoad.on(pool, 1, OverheadWork::leaseOften)) {
                return Turns.take(load, Sessions.NONE, () -> Watchers.of(manager), effort.shortTurns());
            }
        }
    }

    private static Turns selects(Effort effort) throws Exception {
        try (ConnectionPoolManager manager = ConnectionPoolManager.create();
                WeirDataSource pool = PostgresWork.pool().manager(manager).build()) {
            Borrowers.fill(pool, PostgresWork.SIZE);
            Sessions sessions = Sessions.of(pool);
            try (SteadyLoad load = SteadyLoad.on(pool, PostgresWork.THREADS, PostgresWork::selectOnce)) {
                return Turns.take(load, sessions, () -> Watchers.of(manager), effort.longTurns());
            }
        }
    }

    private static long leaseOften(WeirDataSource pool) throws SQLException {
        long leases = 0;
        for (int i = 0; i < CYCLES; i++) {
            try (Connection connection = pool.getConnection()) {
                leases += connection == null ? 0 : 1;
            }
        }
        return leases;
    }

    private static WeirDataSourceBuilder noop() {
        return WeirDataSource.builder()
                .driverClassName(NoopDriver.class.getName())
                .url(NoopDriver.url(0))
                .settings(settings -> settings.min(CONNECTIONS).max(CONNECTIONS).acquireTimeout(Duration.ofMinutes(1)));
    }
}
