package dev.weir.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** A prepared statement: looked at for session state once, when it is prepared. */
class LeasedPreparedStatement extends DelegatingPreparedStatement {

    private final SqlMemo.Entry read;

    LeasedPreparedStatement(LeasedConnection connection, PreparedStatement raw, SqlMemo.Entry read) {
        super(connection, raw);
        this.read = read;
    }

    @Override
    final Statement begin() throws SQLException {
        return begin(read);
    }
}
