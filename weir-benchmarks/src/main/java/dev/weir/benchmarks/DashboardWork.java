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

/**
 * What it costs to be looked at, by turns: an open page of the dashboard, and the statistics of statements that it shows. The
 * latter on a driver that does nothing, where every nanosecond shows, and both on a real PostgreSQL.
 */
final class DashboardWork implements Work {

    private static final int ROUNDS = 200;
    private static final int CONNECTIONS = 4;
    private static final String POOL = "bench";
    private static final String STATEMENT = "a statement, with its lease, statistics of statements";
    private static final String PAGE = "select 1 on PostgreSQL, an open page";
    private static final String STATISTICS = "select 1 on PostgreSQL, statistics of statements";

    @Override
    public List<Figure> measure(Subject subject) throws Exception {
        List<Figure> figures = new ArrayList<>();
        figures.addAll(TurnsFigures.times(subject, STATEMENT, statements(subject.effort()), 1));
        if (System.getenv(PostgresWork.URL) != null) {
            figures.addAll(TurnsFigures.rates(subject, PAGE, page(subject.effort())));
            figures.addAll(TurnsFigures.rates(subject, STATISTICS, statistics(subject.effort())));
        }
        return figures;
    }

    private static Turns statements(Effort effort) throws Exception {
        try (WeirDataSource off = noop().statementStatistics(false).build();
                WeirDataSource on = noop().statementStatistics(true).build()) {
            Borrowers.fill(off, CONNECTIONS);
            Borrowers.fill(on, CONNECTIONS);
            try (SteadyLoad load = SteadyLoad.on(off, 1, DashboardWork::runOften)) {
                return Turns.take(load, Sessions.NONE, () -> elsewhere(load, off, on), effort.shortTurns());
            }
        }
    }

    private static Turns statistics(Effort effort) throws Exception {
        try (WeirDataSource off = PostgresWork.pool().statementStatistics(false).build();
                WeirDataSource on =
                        PostgresWork.pool().statementStatistics(true).build()) {
            Borrowers.fill(off, PostgresWork.SIZE);
            Borrowers.fill(on, PostgresWork.SIZE);
            Sessions sessions = Sessions.of(off);
            try (SteadyLoad load = SteadyLoad.on(off, PostgresWork.THREADS, PostgresWork::selectOnce)) {
                return Turns.take(load, sessions, () -> elsewhere(load, off, on), effort.mediumTurns());
            }
        }
    }

    /** Statistics are a setting of a pool: the load goes over to one that has it, and back. */
    private static AutoCloseable elsewhere(SteadyLoad load, WeirDataSource off, WeirDataSource on) {
        load.moveTo(on);
        return () -> load.moveTo(off);
    }

    private static Turns page(Effort effort) throws Exception {
        try (ConnectionPoolManager manager = ConnectionPoolManager.create();
                WeirDataSource pool =
                        PostgresWork.pool().name(POOL).manager(manager).build()) {
            Borrowers.fill(pool, PostgresWork.SIZE);
            Sessions sessions = Sessions.of(pool);
            try (SteadyLoad load = SteadyLoad.on(pool, PostgresWork.THREADS, PostgresWork::selectOnce)) {
                return Turns.take(load, sessions, () -> OpenPage.on(manager, POOL), effort.longTurns());
            }
        }
    }

    private static long runOften(WeirDataSource pool) throws SQLException {
        long runs = 0;
        for (int i = 0; i < ROUNDS; i++) {
            try (Connection connection = pool.getConnection();
                    PreparedStatement statement = connection.prepareStatement("select 1 from t where id = ?");
                    ResultSet answer = statement.executeQuery()) {
                runs += answer == null ? 0 : 1;
            }
        }
        return runs;
    }

    private static WeirDataSourceBuilder noop() {
        return WeirDataSource.builder()
                .driverClassName(NoopDriver.class.getName())
                .url(NoopDriver.url(0))
                .settings(settings -> settings.min(CONNECTIONS).max(CONNECTIONS).acquireTimeout(Duration.ofMinutes(1)));
    }
}
