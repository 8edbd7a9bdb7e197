package dev.weir.jdbc;

import java.sql.CallableStatement;

/** A call; its cursors and arrays lead back to the handle. What the procedure does to the session is not seen. */
final class LeasedCallableStatement extends DelegatingCallableStatement {

    LeasedCallableStatement(LeasedConnection connection, CallableStatement raw, SqlMemo.Entry read) {
        super(connection, raw, read);
    }
}
