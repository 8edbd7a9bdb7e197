package dev.weir.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/**
 * The settings that a session has when it is new and that the server would not give back by itself: what the driver or the
 * pool's configuration {@code SET} after the connect. Read once per pool, and put back by value.
 *
 * @param settings values by name, as the server spells both
 */
record SessionBaseline(Map<String, String> settings) {

    static final SessionBaseline EMPTY = new SessionBaseline(Map.of());

    /**
     * May leave a transaction open.
     *
     * @param initSql what the pool ran on the new connection
     */
    static SessionBaseline read(Connection raw, Dialect dialect, String initSql) throws SQLException {
        return switch (dialect) {
            case POSTGRESQL -> new SessionBaseline(PostgresBaseline.read(raw, initSql));
            case MYSQL -> new SessionBaseline(MysqlBaseline.read(raw));
            case OTHER -> EMPTY;
        };
    }
}
