package dev.weir.jdbc;

import java.sql.SQLException;

/** A handle was used after it was closed: the caller's mistake, which says nothing about the connection behind it. */
final class ClosedHandleException extends SQLException {

    private static final long serialVersionUID = 1L;

    private ClosedHandleException(String reason, String sqlState) {
        super(reason, sqlState);
    }

    static ClosedHandleException connection() {
        return new ClosedHandleException("connection is closed", "08003");
    }

    static ClosedHandleException statement() {
        return new ClosedHandleException("statement is closed", "HY010");
    }
}
