package dev.weir.jdbc;

import java.sql.Array;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** An SQL array, whose result set would lead to the driver's connection. Unwrapped again where it is handed back. */
final class LeasedArray extends DelegatingArray {

    private final Array raw;

    LeasedArray(LeasedConnection connection, Array raw) {
        super(connection);
        this.raw = raw;
    }

    static @Nullable Array bare(@Nullable Array array) {
        return array instanceof LeasedArray leased ? leased.raw : array;
    }

    static @Nullable Object bare(@Nullable Object value) {
        return value instanceof LeasedArray leased ? leased.raw : value;
    }

    static @Nullable Object @Nullable [] bare(@Nullable Object @Nullable [] values) {
        if (values == null) {
            return null;
        }
        @Nullable Object[] bare = values;
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof LeasedArray leased) {
                bare = bare == values ? values.clone() : bare;
                bare[i] = leased.raw;
            }
        }
        return bare;
    }

    @Override
    Array raw() {
        return raw;
    }

    @Override
    Array live() throws SQLException {
        connection.live();
        return raw;
    }

    @Override
    Array enter() throws SQLException {
        connection.enter();
        return raw;
    }
}
