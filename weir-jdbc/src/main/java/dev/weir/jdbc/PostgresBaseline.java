package dev.weir.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings that a PostgreSQL session has from its own statements when it is new, which {@code RESET} would lose; and
 * its role.
 */
final class PostgresBaseline {

    private static final String QUERY = "SELECT name, setting FROM pg_catalog.pg_settings WHERE source = 'session'"
            + " AND name NOT LIKE 'transaction\\_%'"
            + " UNION ALL SELECT 'role', pg_catalog.current_setting('role') WHERE pg_catalog.current_setting('role') <> 'none'";

    private PostgresBaseline() {}

    /**
     * Reads them.
     *
     * @param initSql what the pool ran on the new connection; the server lists no custom settings, such as {@code app.tenant}, so
     *     their names are taken from here
     */
    static Map<String, String> read(Connection raw, String initSql) throws SQLException {
        Map<String, String> settings = new TreeMap<>();
        try (Statement statement = raw.createStatement();
                ResultSet rows = statement.executeQuery(QUERY)) {
            while (rows.next()) {
                settings.put(rows.getString(1), rows.getString(2));
            }
        }
        for (String name : StatementScanner.scan(initSql, Dialect.POSTGRESQL).names(SessionEffect.PARAMETER)) {
            if (name.indexOf('.') > 0) {
                settings.put(name, current(raw, name));
            }
        }
        return Map.copyOf(settings);
    }

    private static String current(Connection raw, String setting) throws SQLException {
        try (PreparedStatement statement = raw.prepareStatement("SELECT coalesce(current_setting(?, true), '')")) {
            statement.setString(1, setting);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : "";
            }
        }
    }
}
