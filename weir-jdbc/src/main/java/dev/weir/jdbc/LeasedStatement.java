package dev.weir.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement that leads back to its handle, is closed with it, and shows the housekeeper what it runs. */
class LeasedStatement extends DelegatingStatement {

    private final Statement raw;
    private volatile boolean closed;
    private volatile boolean ownTimeout;
    /** Counts the runs, so that two runs of one statement are told apart; published with the running statement. */
    private int run;

    LeasedStatement(LeasedConnection connection, Statement raw) {
        super(connection);
        this.raw = raw;
    }

    @Override
    Statement raw() {
        return raw;
    }

    @Override
    final Statement live() throws SQLException {
        connection.live();
        if (closed) {
            throw ClosedHandleException.statement();
        }
        return raw;
    }

    @Override
    final Statement enter() throws SQLException {
        live();
        connection.enter();
        return raw;
    }

    @Override
    final Statement begin(@Nullable String sql) throws SQLException {
        return begin(connection.scan(sql));
    }

    @Override
    Statement begin() throws SQLException {
        return begin(SessionChanges.NONE);
    }

    final Statement begin(SessionChanges leaves) throws SQLException {
        enter();
        run++;
        connection.runs(this, leaves);
        return raw;
    }

    @Override
    final void end() {
        connection.finished(this);
        exit();
    }

    final int run() {
        return run;
    }

    final boolean hasOwnTimeout() {
        return ownTimeout;
    }

    final void cancelRaw() throws SQLException {
        raw.cancel();
    }

    @Override
    final @Nullable ResultSet adopt(@Nullable ResultSet result) throws SQLException {
        return result == null ? null : new LeasedResultSet(connection, this, result);
    }

    /** Answers from the query cache where the text asks for it. */
    @Override
    public ResultSet executeQuery(String sql) throws SQLException {
        CacheHint hint = CacheHint.mayBeIn(sql) ? CacheHint.in(sql) : null;
        if (hint == null) {
            return super.executeQuery(sql);
        }
        live();
        PhysicalConnection physical = connection.physical();
        return physical.home.queryCaching().answer(physical, this, hint, sql, List.of(), () -> super.executeQuery(sql));
    }

    @Override
    public void setQueryTimeout(int seconds) throws SQLException {
        super.setQueryTimeout(seconds);
        ownTimeout = true;
    }

    @Override
    public void addBatch(String sql) throws SQLException {
        live();
        connection.leaves(connection.scan(sql));
        super.addBatch(sql);
    }

    @Override
    public Connection getConnection() throws SQLException {
        live();
        return connection;
    }

    @Override
    public void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        if (!connection.enterToClose()) {
            return;
        }
        try {
            raw.close();
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            connection.closed(raw);
            exit();
        }
    }

    @Override
    public boolean isClosed() throws SQLException {
        return closed || connection.isOver() || raw.isClosed();
    }
}
