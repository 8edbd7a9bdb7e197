package dev.weir.jdbc;

import dev.weir.pool.ConnectionWeight;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Asks a database, on a connection that nobody holds, what it keeps in memory for that connection. What the pool's user may not
 * see is unknown, and the answer names the right that is missing. Stateless but for {@link #refused}; thread-safe.
 */
final class ServerMemory {

    /** One row: a backend with many plans has some thousands of contexts. */
    private static final String POSTGRES = "SELECT c.total, c.plans, c.statements,"
            + " pg_catalog.pg_backend_pid(), pg_catalog.inet_client_port()"
            + " FROM (SELECT pg_catalog.sum(total_bytes) AS total,"
            + " pg_catalog.sum(total_bytes) FILTER (WHERE name LIKE 'CachedPlan%') AS plans,"
            + " (SELECT pg_catalog.count(*) FROM pg_catalog.pg_prepared_statements) AS statements"
            + " FROM pg_catalog.pg_backend_memory_contexts) c";

    private static final String POSTGRES_PROCESS = "SELECT pg_catalog.pg_backend_pid(), pg_catalog.inet_client_port()";

    private static final String MARIADB =
            "SELECT memory_used FROM information_schema.processlist WHERE id = CONNECTION_ID()";

    private static final String MYSQL = "SELECT SUM(m.current_number_of_bytes_used)"
            + " FROM performance_schema.memory_summary_by_thread_by_event_name m"
            + " JOIN performance_schema.threads t ON t.thread_id = m.thread_id"
            + " WHERE t.processlist_id = CONNECTION_ID()";

    /** Why PostgreSQL does not show its contexts to the pool's user; empty until it was asked. */
    private volatile String refused = "";

    /** Asks; the caller owns the connection. */
    ConnectionWeight of(PhysicalConnection connection, Duration timeout) throws SQLException {
        return switch (connection.dialect) {
            case POSTGRESQL -> postgres(connection.raw, timeout);
            case MYSQL -> mysql(connection.raw, timeout);
            case OTHER ->
                ConnectionWeight.unknown("Weir knows no question for "
                        + connection.raw.getMetaData().getDatabaseProductName());
        };
    }

    private ConnectionWeight postgres(Connection raw, Duration timeout) throws SQLException {
        String why = refused;
        if (why.isEmpty()) {
            try {
                return contexts(raw, timeout);
            } catch (SQLException denied) {
                why = denial(denied);
                refused = why;
                roll(raw);
            }
        }
        try (Statement statement = asking(raw, timeout);
                ResultSet row = statement.executeQuery(POSTGRES_PROCESS)) {
            row.next();
            long held = BackendProcess.privateBytes(row.getLong(1), row.getInt(2));
            return held < 0
                    ? ConnectionWeight.unknown(why + "; and its process is not one of this machine")
                    : new ConnectionWeight(-1, held, -1, -1, -1, "private memory of the backend's process; " + why);
        } finally {
            roll(raw);
        }
    }

    private static ConnectionWeight contexts(Connection raw, Duration timeout) throws SQLException {
        long total;
        long statements;
        long plans;
        long held;
        try (Statement statement = asking(raw, timeout);
                ResultSet row = statement.executeQuery(POSTGRES)) {
            row.next();
            total = row.getLong(1);
            plans = row.getLong(2);
            statements = row.getLong(3);
            held = BackendProcess.privateBytes(row.getLong(4), row.getInt(5));
        }
        roll(raw);
        return held < 0
                ? new ConnectionWeight(-1, total, total, statements, plans, "pg_backend_memory_contexts")
                : new ConnectionWeight(
                        -1,
                        held,
                        total,
                        statements,
                        plans,
                        "private memory of the backend's process, beside pg_backend_memory_contexts");
    }

    /** In words, where the server will never answer; anything else is thrown on. */
    private static String denial(SQLException failure) throws SQLException {
        String state = String.valueOf(failure.getSQLState());
        return switch (state) {
            case "42501" -> "the pool's user may not read pg_backend_memory_contexts: GRANT pg_read_all_stats TO it";
            case "42P01" -> "the server has no pg_backend_memory_contexts: it came with PostgreSQL 14";
            default -> throw failure;
        };
    }

    private static ConnectionWeight mysql(Connection raw, Duration timeout) throws SQLException {
        boolean maria = raw.getMetaData().getDatabaseProductVersion().contains("MariaDB")
                || raw.getMetaData().getDatabaseProductName().contains("MariaDB");
        try (Statement statement = asking(raw, timeout);
                ResultSet row = statement.executeQuery(maria ? MARIADB : MYSQL)) {
            long bytes = row.next() ? row.getLong(1) : 0;
            if (bytes > 0) {
                return ConnectionWeight.onServer(
                        bytes, maria ? "information_schema.processlist" : "performance_schema, by thread");
            }
            return ConnectionWeight.unknown(
                    maria
                            ? "information_schema.processlist tells no memory_used"
                            : "performance_schema counts no memory: it is off, or its memory instruments are");
        } catch (SQLException denied) {
            if ("42000".equals(denied.getSQLState()) || "42S02".equals(denied.getSQLState())) {
                return ConnectionWeight.unknown(
                        maria
                                ? "the pool's user may not read information_schema.processlist"
                                : "the pool's user may not read performance_schema: GRANT SELECT ON performance_schema.* TO it");
            }
            throw denied;
        } finally {
            roll(raw);
        }
    }

    private static Statement asking(Connection raw, Duration timeout) throws SQLException {
        Statement statement = raw.createStatement();
        // Half of what the check may take, so that a slow answer is cancelled before the connection is given up.
        statement.setQueryTimeout((int) Math.max(1, timeout.toSeconds() / 2));
        return statement;
    }

    private static void roll(Connection raw) throws SQLException {
        if (!raw.getAutoCommit()) {
            raw.rollback();
        }
    }
}
