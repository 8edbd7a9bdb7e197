package dev.weir.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings that a PostgreSQL session has from its own statements when it is new: what the driver or the pool's configuration
 * {@code SET} after the connect. {@code RESET} would lose them, so they are set again by value. Read once per
 * pool.
 */
record PostgresBaseline(Map<String, String> settings) {

    static final PostgresBaseline EMPTY = new PostgresBaseline(Map.of());

    private static final String QUERY = "SELECT name, setting FROM pg_catalog.pg_settings WHERE source = 'session'"
            + " AND name NOT LIKE 'transaction\\_%'"
            + " UNION ALL SELECT 'role', pg_catalog.current_setting('role') WHERE pg_catalog.current_setting('role') <> 'none'";

    /** Leaves no transaction open. */
    static PostgresBaseline read(Connection raw) throws SQLException {
        Map<String, String> settings = new TreeMap<>();
        try (Statement statement = raw.createStatement();
                ResultSet rows = statement.executeQuery(QUERY)) {
            while (rows.next()) {
                settings.put(rows.getString(1), rows.getString(2));
            }
        }
        if (!raw.getAutoCommit()) {
            raw.rollback();
        }
        return new PostgresBaseline(Map.copyOf(settings));
    }
}
