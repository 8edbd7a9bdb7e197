package dev.weir.jdbc;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Wrapper;
import org.jspecify.annotations.Nullable;

/** Something that came out of a leased connection: it leads back to the handle and ends with the lease. */
abstract class ConnectionPart implements Wrapper {

    final LeasedConnection connection;

    ConnectionPart(LeasedConnection connection) {
        this.connection = connection;
    }

    /** The driver's object. */
    abstract Object raw();

    final void exit() {
        connection.exit();
    }

    final SQLException failed(SQLException failure) {
        return connection.failed(failure);
    }

    /** A result set that no statement of ours made: kept in the list of what is open. */
    @Nullable ResultSet adopt(@Nullable ResultSet result) throws SQLException {
        if (result == null) {
            return null;
        }
        LeasedResultSet leased = new LeasedResultSet(connection, null, result);
        connection.opened(result);
        return leased;
    }

    final @Nullable Array adopt(@Nullable Array array) {
        return array == null ? null : new LeasedArray(connection, array);
    }

    /** A column's or parameter's value, whatever the driver made of it. */
    final @Nullable Object adopt(@Nullable Object value) throws SQLException {
        if (value instanceof Array array) {
            return adopt(array);
        }
        return value instanceof ResultSet result ? adopt(result) : value;
    }

    /** A value asked for by type; one of the driver's own types is left as it is. */
    final <T> @Nullable T adopt(@Nullable T value, @Nullable Class<T> type) throws SQLException {
        Object adopted = adopt((Object) value);
        return type != null && type.isInstance(adopted) ? type.cast(adopted) : value;
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        connection.live();
        return type.isInstance(this) ? type.cast(this) : connection.unwrapped(raw(), type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        connection.live();
        return type.isInstance(this)
                || type.isInstance(raw())
                || (raw() instanceof Wrapper wrapper && wrapper.isWrapperFor(type));
    }

    @Override
    public final String toString() {
        // The driver's own text may show parameter values.
        return getClass().getSimpleName() + " of " + connection;
    }
}
