package dev.weir.server.tpcb;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The run's own connection, beside the pools: it makes the tables, checks them and removes them. Used by one thread;
 * {@link #cancel} and {@link #abort} may come from any other.
 */
public final class Control implements AutoCloseable {

    private final ReentrantLock lock = new ReentrantLock();
    private final Connection connection;
    private @Nullable Statement running;
    private boolean cancelled;

    /** Takes a connection over; closing this closes it. */
    public Control(Connection connection) {
        this.connection = connection;
    }

    /** The connection, for reading. */
    public Connection connection() {
        return connection;
    }

    /** Carries out a statement that {@link #cancel} can end. */
    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            begin(statement);
            try {
                statement.execute(sql);
            } finally {
                end();
            }
        }
    }

    private void begin(Statement statement) throws SQLException {
        lock.lock();
        try {
            if (cancelled) {
                throw new SQLException("cancelled", "57014");
            }
            running = statement;
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            running = null;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the statement that runs, and those to come, with an error. */
    public void cancel() {
        lock.lock();
        try {
            cancelled = true;
            if (running != null) {
                running.cancel();
            }
        } catch (SQLException unreachable) {
            // The statement goes on; whoever waits for it can still abort.
        } finally {
            lock.unlock();
        }
    }

    /** Gives up whatever transaction is open, and with it the locks that would keep others from removing the tables. */
    public void rollBack() {
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        } catch (SQLException alreadyGone) {
            // Then the server has rolled it back.
        }
    }

    /** Ends the connection under whatever runs on it. */
    public void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException alreadyGone) {
            // That is what was wanted.
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
