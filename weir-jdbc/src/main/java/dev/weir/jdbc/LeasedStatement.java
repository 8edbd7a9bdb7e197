package dev.weir.jdbc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement that leads back to its handle, is closed with it, and shows the housekeeper what it runs. */
class LeasedStatement extends DelegatingStatement {

    private static final VarHandle CLOSED;

    static {
        try {
            CLOSED = MethodHandles.lookup().findVarHandle(LeasedStatement.class, "closed", boolean.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final Statement raw;
    /** Written by a release store: a full fence would cost more than the rest of {@link #close}. */
    @SuppressWarnings({"FieldMayBeFinal", "UnusedVariable"}) // moved through CLOSED
    private boolean closed;

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

    private boolean wasClosed() {
        return (boolean) CLOSED.getOpaque(this);
    }

    @Override
    final Statement live() throws SQLException {
        connection.live();
        if (wasClosed()) {
            throw ClosedHandleException.statement();
        }
        return raw;
    }

    @Override
    final Statement enter() throws SQLException {
        connection.enter();
        if (wasClosed()) {
            connection.exit();
            throw ClosedHandleException.statement();
        }
        return raw;
    }

    @Override
    final Statement begin(@Nullable String sql) throws SQLException {
        return begin(sql == null ? SqlMemo.Entry.NONE : connection.read(sql));
    }

    @Override
    Statement begin() throws SQLException {
        return begin(SqlMemo.Entry.NONE);
    }

    final Statement begin(SqlMemo.Entry read) throws SQLException {
        enter();
        run++;
        connection.runs(this, read);
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
        CacheHint hint = sql != null && connection.read(sql).mayBeCached() ? CacheHint.in(sql) : null;
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
        if (sql != null) {
            connection.leaves(connection.read(sql).leaves());
        }
        super.addBatch(sql);
    }

    @Override
    public Connection getConnection() throws SQLException {
        live();
        return connection;
    }

    @Override
    public void close() throws SQLException {
        if (wasClosed()) {
            return;
        }
        CLOSED.setRelease(this, true);
        if (!connection.enterToEnd()) {
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
        return wasClosed() || connection.isOver() || raw.isClosed();
    }
}
