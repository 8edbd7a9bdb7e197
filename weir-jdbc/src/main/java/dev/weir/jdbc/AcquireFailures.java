package dev.weir.jdbc;

import dev.weir.pool.AcquireException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;

/**
 * Says in JDBC's words why a borrower got no connection. The message carries the pool's counts, its queue, the oldest wait,
 * the last failure to connect and the longest holders; the cause is the engine's own exception, with the snapshot.
 */
final class AcquireFailures {

    /** "Client unable to establish connection", SQL:2016 class 08. */
    private static final String NO_CONNECTION = "08001";
    /** "Connection does not exist", SQL:2016 class 08. */
    private static final String NO_POOL = "08003";

    private AcquireFailures() {}

    static SQLException translate(AcquireException failure) {
        String message = failure.getMessage();
        SQLException told = failure.reason() == AcquireException.Reason.SHUT_DOWN
                ? new SQLNonTransientConnectionException(message, NO_POOL, failure)
                : new SQLTransientConnectionException(message, NO_CONNECTION, failure);
        if (failure.getCause() instanceof SQLException fromDriver) {
            told.setNextException(fromDriver);
        }
        return told;
    }
}
