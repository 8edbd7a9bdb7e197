package dev.weir.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The system variables of a new session of MySQL or MariaDB that differ from the server's global ones, which {@code SET …
 * = DEFAULT} would bring instead; and its role.
 */
final class MysqlBaseline {

    /** Stands for the role: an expression that {@code SET ROLE} takes. */
    static final String ROLE = "role";

    /** Kept whatever they are; that they are there says that the variables could be read. */
    private static final Set<String> ALWAYS =
            Set.of("autocommit", "transaction_isolation", "tx_isolation", "transaction_read_only", "tx_read_only");

    private MysqlBaseline() {}

    static Map<String, String> read(Connection raw) throws SQLException {
        try (Statement statement = raw.createStatement()) {
            Map<String, String> ofServer = variables(statement, "SHOW GLOBAL VARIABLES");
            Map<String, String> settings = new TreeMap<>();
            Map<String, String> ofSession = variables(statement, "SHOW SESSION VARIABLES");
            ofSession.forEach((name, value) -> {
                String global = ofServer.get(name);
                if (ALWAYS.contains(name) || (global != null && !global.equals(value))) {
                    settings.put(name, value);
                }
            });
            settings.put(ROLE, role(statement, ofSession.getOrDefault("version", "")));
            return Map.copyOf(settings);
        } catch (SQLException e) {
            if (SqlFailures.verdict(e) != FailureVerdict.OTHER) {
                throw e;
            }
            // A relative of MySQL that does not tell: there, what changed settings is retired.
            return Map.of();
        }
    }

    private static Map<String, String> variables(Statement statement, String query) throws SQLException {
        Map<String, String> variables = new HashMap<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                String value = rows.getString(2);
                variables.put(rows.getString(1).toLowerCase(Locale.ROOT), value == null ? "" : value);
            }
        }
        return variables;
    }

    /** MariaDB has one role at a time and no {@code SET ROLE DEFAULT}; MySQL has several, and that. */
    private static String role(Statement statement, String version) throws SQLException {
        if (!version.toLowerCase(Locale.ROOT).contains("mariadb")) {
            return "DEFAULT";
        }
        try (ResultSet row = statement.executeQuery("SELECT CURRENT_ROLE()")) {
            String role = row.next() ? row.getString(1) : null;
            return role == null ? "NONE" : "`" + role.replace("`", "``") + "`";
        }
    }
}
