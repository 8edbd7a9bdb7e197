package dev.weir.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.postgres.LocalPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** What a lease does to a PostgreSQL session, the next lease does not see. */
class SessionStateIT {

    private static final String INIT =
            "SET search_path TO app, public; SET work_mem TO '7MB'; SET my.tenant TO 'nobody'; SET TIME ZONE 'Asia/Tokyo'";

    /** Everything a session can carry over, in one row. */
    private static final String FINGERPRINT = """
            SELECT session_user, current_user, current_schemas(false)::text, current_setting('search_path'),
              current_setting('work_mem'), current_setting('my.tenant', true), nullif(current_setting('my.other', true), ''),
              current_setting('TimeZone'), current_setting('statement_timeout'), current_setting('application_name'),
              current_setting('extra_float_digits'), current_setting('default_transaction_isolation'),
              current_setting('default_transaction_read_only'), current_setting('transaction_isolation'),
              (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()),
              (SELECT count(*) FROM pg_listening_channels()),
              (SELECT count(*) FROM pg_prepared_statements WHERE from_sql),
              (SELECT count(*) FROM pg_cursors WHERE is_holdable),
              (SELECT count(*) FROM pg_class WHERE relnamespace = pg_my_temp_schema()),
              (SELECT count(*) FROM app.t),
              pg_backend_pid()
            """;

    private static LocalPostgres postgres;
    private HandlePool pool;

    @BeforeAll
    static void startServer() throws IOException, SQLException {
        postgres = LocalPostgres.start();
        try (HandlePool pool = open("");
                Connection connection = pool.get();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA app");
            statement.execute("CREATE TABLE app.t (a int)");
            statement.execute("CREATE ROLE clerk");
            statement.execute("GRANT ALL ON SCHEMA app TO clerk");
        }
    }

    @AfterAll
    static void stopServer() throws IOException {
        postgres.close();
    }

    private static HandlePool open(String init) {
        return new HandlePool(postgres.url(), SessionReset.PRECISE, postgres.user(), postgres.password(), init);
    }

    @BeforeEach
    void openPool() {
        pool = open(INIT);
    }

    @AfterEach
    void closePool() throws SQLException {
        pool.close();
    }

    private String fingerprint() throws SQLException {
        try (Connection connection = pool.get();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(FINGERPRINT)) {
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(row.next()).isTrue();
            StringBuilder all = new StringBuilder();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                all.append(row.getMetaData().getColumnName(i))
                        .append('=')
                        .append(row.getString(i))
                        .append('\n');
            }
            return all.toString();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET ROLE clerk",
                "SET SESSION AUTHORIZATION clerk",
                "SET search_path TO public",
                "SET work_mem = '8MB'",
                "SET my.tenant = 'somebody'",
                "SET my.other = 'x'",
                "SET TIME ZONE 'UTC'",
                "SET statement_timeout = 12345; SET statement_timeout = 23456",
                "RESET work_mem",
                "RESET ALL",
                "SELECT set_config('my.tenant', 'somebody', false)",
                "SELECT set_config('my.' || 'tenant', 'somebody', false)",
                "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ ONLY",
                "CREATE TEMP TABLE mine (a int)",
                "SELECT 1 AS a INTO TEMP mine",
                "CREATE TABLE pg_temp.mine (a int)",
                "LISTEN news",
                "SELECT pg_advisory_lock(1), pg_advisory_lock(1), pg_try_advisory_lock_shared(2)",
                "PREPARE mine AS SELECT 1",
                "PREPARE \"My own\" AS SELECT 1",
                "PREPARE \"My \"\"own\"\"\" AS SELECT 1",
                "DECLARE mine CURSOR WITH HOLD FOR SELECT 1",
                "BEGIN; INSERT INTO t VALUES (1); SET LOCAL work_mem = '9MB'",
                "BEGIN; SET work_mem = '9MB'; CREATE TEMP TABLE mine (a int); SELECT pg_advisory_lock(3)",
            })
    void isUndonePrecisely(String sql) throws SQLException {
        String before = fingerprint();
        try (Connection connection = pool.get();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        assertThat(fingerprint()).isEqualTo(before);
        assertThat(pool.connected).hasSize(1);
        assertThat(pool.closed).isEmpty();
    }

    @Test
    void isUndoneInATransactionLeftOpenToo() throws SQLException {
        String before = fingerprint();
        try (Connection connection = pool.get()) {
            connection.setAutoCommit(false);
            try (PreparedStatement lock = connection.prepareStatement("SELECT pg_advisory_lock(?)")) {
                lock.setInt(1, 5);
                lock.execute();
            }
            connection.createStatement().execute("INSERT INTO t VALUES (1)");
            connection.createStatement().execute("SET work_mem = '9MB'");
            assertThatThrownBy(() -> connection.createStatement().execute("SELECT 1/0"))
                    .isInstanceOf(SQLException.class);
        }
        assertThat(fingerprint()).isEqualTo(before);
        assertThat(pool.connected).hasSize(1);
    }

    @Test
    void propertiesAreReset() throws SQLException {
        String before = fingerprint();
        try (Connection connection = pool.get()) {
            connection.setSchema("pg_catalog");
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            connection.setReadOnly(true);
            connection.setHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT);
            connection.setNetworkTimeout(Runnable::run, 12345);
            connection.setClientInfo("ApplicationName", "mine");
            connection.setAutoCommit(false);
            connection.createStatement().executeQuery("SELECT 1");
        }
        assertThat(fingerprint()).isEqualTo(before);
        try (Connection connection = pool.get()) {
            assertThat(connection.isReadOnly()).isFalse();
            assertThat(connection.getNetworkTimeout()).isZero();
            assertThat(connection.getHoldability()).isEqualTo(ResultSet.CLOSE_CURSORS_AT_COMMIT);
        }
        assertThat(pool.connected).hasSize(1);
    }

    @Test
    void anUnwrappedConnectionForgetsEverything() throws SQLException {
        String before = fingerprint();
        try (Connection connection = pool.get()) {
            PGConnection driver = connection.unwrap(PGConnection.class);
            try (Statement behindOurBack = ((Connection) driver).createStatement()) {
                behindOurBack.execute(
                        "SET my.tenant = 'somebody'; SET ROLE clerk; LISTEN news; SELECT pg_advisory_lock(9)");
            }
        }
        assertThat(fingerprint()).isEqualTo(before);
        assertThat(pool.connected).hasSize(1);
    }

    @Test
    void strictModeRetires() throws SQLException {
        pool.home.sessionReset(SessionReset.STRICT);
        try (Connection connection = pool.get();
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN; INSERT INTO t VALUES (1)");
        }
        assertThat(pool.closed).isEmpty();
        try (Connection connection = pool.get();
                Statement statement = connection.createStatement()) {
            statement.execute("SET my.tenant = 'somebody'");
        }
        assertThat(pool.closed).hasSize(1);
    }

    @Test
    void aCursorInAColumnLeadsBackToTheHandle() throws SQLException {
        try (Connection connection = pool.get()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE FUNCTION pg_temp.c() RETURNS refcursor LANGUAGE plpgsql AS"
                        + " $$ DECLARE r refcursor; BEGIN OPEN r FOR SELECT 42; RETURN r; END $$");
                try (ResultSet row = statement.executeQuery("SELECT pg_temp.c()")) {
                    row.next();
                    ResultSet cursor = (ResultSet) row.getObject(1);
                    assertThat(cursor).isInstanceOf(LeasedResultSet.class);
                    assertThat(cursor.getStatement().getConnection()).isSameAs(connection);
                    cursor.next();
                    assertThat(cursor.getInt(1)).isEqualTo(42);
                }
                try (ResultSet row = statement.executeQuery("SELECT array[1,2]")) {
                    row.next();
                    ResultSet elements = row.getArray(1).getResultSet();
                    assertThat(elements.getStatement().getConnection()).isSameAs(connection);
                }
            }
        }
        assertThat(pool.closed).isEmpty();
    }
}
