package dev.weir.jdbc;

import dev.weir.pool.ConnectFailure;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a failure to connect means from its SQLState: SQL:2016's class 28 is about credentials, PostgreSQL's 3D000 and
 * MySQL's error 1049 say that there is no such database, and class 42 that the init SQL is wrong.
 */
final class ConnectVerdict {

    private static final int DEPTH = 16;
    private static final int MYSQL_UNKNOWN_DATABASE = 1049;

    private ConnectVerdict() {}

    static ConnectFailure of(Throwable failure) {
        if (SqlFailures.verdict(failure) == FailureVerdict.SERVER_FULL) {
            return ConnectFailure.SERVER_FULL;
        }
        Throwable next = failure;
        for (int i = 0; i < DEPTH && next != null; i++) {
            ConnectFailure found = one(next);
            if (found != ConnectFailure.TRANSIENT) {
                return found;
            }
            next = next.getCause();
        }
        return ConnectFailure.TRANSIENT;
    }

    private static ConnectFailure one(@Nullable Throwable failure) {
        if (!(failure instanceof SQLException sql) || sql.getSQLState() == null) {
            return ConnectFailure.TRANSIENT;
        }
        String state = sql.getSQLState();
        if (state.startsWith("28")) {
            return ConnectFailure.CREDENTIALS;
        }
        boolean noSuchDatabase = state.equals("3D000") || sql.getErrorCode() == MYSQL_UNKNOWN_DATABASE;
        return noSuchDatabase || state.startsWith("42") ? ConnectFailure.CONFIGURATION : ConnectFailure.TRANSIENT;
    }
}
