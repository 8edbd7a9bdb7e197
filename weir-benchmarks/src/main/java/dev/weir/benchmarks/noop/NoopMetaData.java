package dev.weir.benchmarks.noop;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.sql.Connection;
import java.sql.DatabaseMetaData;

/** What pools ask a driver about itself. */
abstract class NoopMetaData implements DatabaseMetaData {

    private static final MethodHandle NEW =
            Completion.constructor(MethodHandles.lookup(), NoopMetaData.class, NoopConnection.class);

    private final NoopConnection connection;

    NoopMetaData(NoopConnection connection) {
        this.connection = connection;
    }

    static DatabaseMetaData of(NoopConnection connection) {
        try {
            return (NoopMetaData) NEW.invokeExact(connection);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public String getDatabaseProductName() {
        return "noop";
    }

    @Override
    public String getDatabaseProductVersion() {
        return "1";
    }

    @Override
    public String getDriverName() {
        return "noop";
    }

    @Override
    public String getDriverVersion() {
        return "1";
    }

    @Override
    public String getUserName() {
        return "noop";
    }

    @Override
    public String getURL() {
        return NoopDriver.url(0);
    }

    @Override
    public boolean supportsTransactions() {
        return true;
    }

    @Override
    public Connection getConnection() {
        return connection;
    }
}
