package dev.weir.jdbc;

import dev.weir.pool.Connector;
import java.sql.SQLException;

/**
 * Ends statements that run longer than the pool's default query timeout: first by cancelling the statement, then, after
 * a grace, by aborting the connection.
 *
 * <p>No thread and no timer per statement, and no clock on the borrower's path: the housekeeper looks at what runs at each of its
 * passes, and counts from the pass that saw it first. So a statement may run longer than its timeout by up to two
 * passes. A statement whose borrower called {@link java.sql.Statement#setQueryTimeout} is left to the driver.
 *
 * <p>A reset that takes longer than the grace is aborted too: a borrower does not sit in {@code close()} because the
 * server froze.
 */
final class QueryTimeouts {

    private QueryTimeouts() {}

    /**
     * Looks at a leased connection. For {@code Connector.inspectLeased}; does not block.
     *
     * @param nanos now, on the pool's ticker
     */
    static void inspect(PhysicalConnection connection, long nanos, Connector.Worker worker) {
        if (connection.isResetting()) {
            QueryWatch watch = connection.watch();
            long age = watch.seenFor(connection, connection.resets(), nanos);
            if (age >= connection.home.cancelGraceNanos() && watch.stage != QueryWatch.Stage.ABORTED) {
                abort(connection, worker);
            }
            return;
        }
        LeasedStatement statement = connection.running();
        if (statement == null) {
            if (connection.isWatched()) {
                connection.watch().nothing();
            }
            return;
        }
        QueryWatch watch = connection.watch();
        long age = watch.seenFor(statement, statement.run(), nanos);
        long timeout = connection.home.queryTimeoutNanos();
        if (timeout == 0 || statement.hasOwnTimeout() || age < timeout) {
            return;
        }
        if (watch.stage == QueryWatch.Stage.WATCHED) {
            int run = statement.run();
            if (worker.submit(() -> cancel(connection, statement, run))) {
                watch.stage = QueryWatch.Stage.CANCELLED;
            }
        } else if (watch.stage == QueryWatch.Stage.CANCELLED && age - timeout >= connection.home.cancelGraceNanos()) {
            abort(connection, worker);
        }
    }

    private static void abort(PhysicalConnection connection, Connector.Worker worker) {
        connection.watch().stage = QueryWatch.Stage.ABORTED;
        connection.home.connectionsAborted.increment();
        connection.broke();
        if (!worker.submit(connection::abort)) {
            connection.abort();
        }
    }

    /** From inside the lease: a connection with a cancel under way is not lent on, for the cancel could hit the next holder. */
    private static void cancel(PhysicalConnection connection, LeasedStatement statement, int run) {
        LeasedConnection lease = statement.connection;
        if (!lease.enterToEnd()) {
            return;
        }
        try {
            if (connection.running() == statement && statement.run() == run) {
                connection.home.statementsCancelled.increment();
                statement.cancelRaw();
            }
        } catch (SQLException | RuntimeException e) {
            // The grace is running; the abort will do it.
        } finally {
            lease.exit();
        }
    }
}
