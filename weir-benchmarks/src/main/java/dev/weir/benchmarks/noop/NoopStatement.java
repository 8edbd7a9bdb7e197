package dev.weir.benchmarks.noop;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;

/** A statement whose every answer is one row. */
abstract class NoopStatement implements PreparedStatement {

    private static final MethodHandle NEW =
            Completion.constructor(MethodHandles.lookup(), NoopStatement.class, NoopConnection.class);

    private final NoopConnection connection;
    private boolean closed;

    NoopStatement(NoopConnection connection) {
        this.connection = connection;
    }

    static PreparedStatement of(NoopConnection connection) {
        try {
            return (NoopStatement) NEW.invokeExact(connection);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public ResultSet executeQuery() {
        return NoopResultSet.of(this);
    }

    @Override
    public ResultSet executeQuery(String sql) {
        return NoopResultSet.of(this);
    }

    @Override
    public int executeUpdate() {
        return 1;
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }
}
