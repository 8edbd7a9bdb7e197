package dev.weir.benchmarks.noop;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.sql.ResultSet;
import java.sql.Statement;

/** One row, in which every number is 1. */
abstract class NoopResultSet implements ResultSet {

    private static final MethodHandle NEW =
            Completion.constructor(MethodHandles.lookup(), NoopResultSet.class, NoopStatement.class);

    private final NoopStatement statement;
    private boolean read;
    private boolean closed;

    NoopResultSet(NoopStatement statement) {
        this.statement = statement;
    }

    static ResultSet of(NoopStatement statement) {
        try {
            return (NoopResultSet) NEW.invokeExact(statement);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public boolean next() {
        boolean first = !read;
        read = true;
        return first;
    }

    @Override
    public int getInt(int column) {
        return 1;
    }

    @Override
    public Statement getStatement() {
        return statement;
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
