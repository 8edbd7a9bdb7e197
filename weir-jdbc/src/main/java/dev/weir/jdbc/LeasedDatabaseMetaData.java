package dev.weir.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;

/** Metadata that leads back to the handle; its result sets are closed with the lease. */
final class LeasedDatabaseMetaData extends DelegatingDatabaseMetaData {

    private final DatabaseMetaData raw;

    LeasedDatabaseMetaData(LeasedConnection connection, DatabaseMetaData raw) {
        super(connection);
        this.raw = raw;
    }

    @Override
    DatabaseMetaData raw() {
        return raw;
    }

    @Override
    DatabaseMetaData live() throws SQLException {
        connection.live();
        return raw;
    }

    @Override
    DatabaseMetaData enter() throws SQLException {
        connection.enter();
        return raw;
    }

    @Override
    public Connection getConnection() throws SQLException {
        connection.live();
        return connection;
    }
}
