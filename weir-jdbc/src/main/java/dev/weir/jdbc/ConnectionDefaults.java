package dev.weir.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import org.jspecify.annotations.Nullable;

/**
 * How a connection was after connect and configuration: what it is reset to.
 *
 * <p>{@code null} where the driver does not know the property. On PostgreSQL isolation and schema are not asked for, which would
 * cost a round trip each: they are session settings there, and undone as such.
 */
record ConnectionDefaults(
        boolean autoCommit,
        boolean readOnly,
        @Nullable Integer isolation,
        @Nullable Integer holdability,
        @Nullable String catalog,
        @Nullable String schema,
        @Nullable Integer networkTimeout) {

    static ConnectionDefaults of(Connection raw, Dialect dialect) throws SQLException {
        boolean settings = dialect == Dialect.POSTGRESQL;
        return new ConnectionDefaults(
                raw.getAutoCommit(),
                raw.isReadOnly(),
                settings ? null : ask(raw::getTransactionIsolation),
                ask(raw::getHoldability),
                ask(raw::getCatalog),
                settings ? null : ask(raw::getSchema),
                ask(raw::getNetworkTimeout));
    }

    private static <T> @Nullable T ask(Question<T> question) throws SQLException {
        try {
            return question.answer();
        } catch (SQLFeatureNotSupportedException | AbstractMethodError olderDriver) {
            return null;
        } catch (SQLException e) {
            if (SqlFailures.verdict(e) != FailureVerdict.OTHER) {
                throw e;
            }
            return null;
        }
    }

    private interface Question<T> {
        @Nullable T answer() throws SQLException;
    }
}
