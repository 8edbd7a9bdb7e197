package dev.weir.benchmarks.noop;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.concurrent.Executor;

/** A connection that remembers its state and does nothing. */
abstract class NoopConnection implements Connection {

    private static final MethodHandle NEW = Completion.constructor(MethodHandles.lookup(), NoopConnection.class);

    private boolean autoCommit = true;
    private boolean readOnly;
    private int isolation = TRANSACTION_READ_COMMITTED;
    private int networkTimeout;
    private volatile boolean closed;

    static Connection open() {
        try {
            return (NoopConnection) NEW.invokeExact();
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public Statement createStatement() {
        return NoopStatement.of(this);
    }

    @Override
    public PreparedStatement prepareStatement(String sql) {
        return NoopStatement.of(this);
    }

    @Override
    public void setAutoCommit(boolean value) {
        autoCommit = value;
    }

    @Override
    public boolean getAutoCommit() {
        return autoCommit;
    }

    @Override
    public void setReadOnly(boolean value) {
        readOnly = value;
    }

    @Override
    public boolean isReadOnly() {
        return readOnly;
    }

    @Override
    public void setTransactionIsolation(int level) {
        isolation = level;
    }

    @Override
    public int getTransactionIsolation() {
        return isolation;
    }

    @Override
    public void setNetworkTimeout(Executor executor, int milliseconds) {
        networkTimeout = milliseconds;
    }

    @Override
    public int getNetworkTimeout() {
        return networkTimeout;
    }

    @Override
    public int getHoldability() {
        return ResultSet.CLOSE_CURSORS_AT_COMMIT;
    }

    @Override
    public String getCatalog() {
        return "noop";
    }

    @Override
    public String getSchema() {
        return "public";
    }

    @Override
    public DatabaseMetaData getMetaData() {
        return NoopMetaData.of(this);
    }

    @Override
    public boolean isValid(int seconds) {
        return !closed;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public void abort(Executor executor) {
        closed = true;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }
}
