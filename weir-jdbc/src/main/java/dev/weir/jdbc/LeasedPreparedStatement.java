package dev.weir.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** A prepared statement: looked at for session state once, when it is prepared. */
class LeasedPreparedStatement extends DelegatingPreparedStatement {

    private final SessionChanges leaves;

    LeasedPreparedStatement(LeasedConnection connection, PreparedStatement raw, SessionChanges leaves) {
        super(connection, raw);
        this.leaves = leaves;
    }

    @Override
    final Statement begin() throws SQLException {
        return begin(leaves);
    }
}
