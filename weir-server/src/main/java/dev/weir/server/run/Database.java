package dev.weir.server.run;

import dev.weir.postgres.LocalPostgres;
import dev.weir.server.config.DatabasePlan;
import dev.weir.server.config.JdbcUrl;
import dev.weir.server.config.RunPlan;
import dev.weir.server.config.Secret;
import dev.weir.server.screen.Screen;
import dev.weir.server.tpcb.Control;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The database that is worked on: an embedded one, which ends with this, or one that was given. */
final class Database implements AutoCloseable {

    private static final String CONNECT_SECONDS = "10";

    private final @Nullable LocalPostgres embedded;
    private final DatabasePlan access;

    private Database(@Nullable LocalPostgres embedded, DatabasePlan access) {
        this.embedded = embedded;
        this.access = access;
    }

    /** Starts an embedded PostgreSQL, which takes some seconds, unless the plan names a database. */
    static Database open(RunPlan plan, Screen screen) throws IOException {
        DatabasePlan given = plan.database();
        if (given != null) {
            return new Database(null, given);
        }
        screen.progress("Starting PostgreSQL", -1);
        int connections =
                plan.pools().stream().mapToInt(pool -> pool.settings().max()).sum();
        LocalPostgres postgres = LocalPostgres.builder()
                // Room for every pool at its largest, the connections that replace closing ones, and our own.
                .set("max_connections", Integer.toString(Math.max(100, connections + 20)))
                .set("max_wal_senders", "0")
                .set("wal_level", "minimal")
                .start();
        return new Database(
                postgres, new DatabasePlan(postgres.url(), postgres.user(), Secret.of(postgres.password())));
    }

    /** How it is reached. */
    DatabasePlan access() {
        return access;
    }

    boolean isEmbedded() {
        return embedded != null;
    }

    /** Opens a connection of the run's own. */
    Control control() throws SQLException {
        return control(0);
    }

    /** The same; an answer that takes longer than so many seconds is an error. */
    Control control(int seconds) throws SQLException {
        Properties properties = new Properties();
        if (access.user() != null) {
            properties.setProperty("user", access.user());
        }
        if (access.password() != null) {
            properties.setProperty("password", access.password().reveal());
        }
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("loginTimeout", CONNECT_SECONDS);
        properties.setProperty("socketTimeout", Integer.toString(seconds));
        properties.setProperty("ApplicationName", "weir run");
        return new Control(DriverManager.getConnection(access.url(), properties));
    }

    /** What it is and where, for people. */
    String describe(Connection connection) throws SQLException {
        return "PostgreSQL "
                + connection.getMetaData().getDatabaseProductVersion().split(" ", 2)[0]
                + (isEmbedded() ? " (embedded)" : " at " + JdbcUrl.shown(access.url()));
    }

    @Override
    public void close() throws IOException {
        if (embedded != null) {
            embedded.close();
        }
    }
}
