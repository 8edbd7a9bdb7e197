package dev.weir.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.mariadb.local.LocalMariaDb;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a lease does to a session of MariaDB, the next lease does not see. */
class MariaDbSessionIT {

    private static final String INIT =
            "SET SESSION wait_timeout = 777, @@session.sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT'";

    /** Change by themselves, or with every statement. */
    private static final Set<String> RESTLESS =
            Set.of("timestamp", "rand_seed1", "rand_seed2", "error_count", "warning_count", "last_gtid");

    private static LocalMariaDb mariadb;
    private HandlePool pool;

    @BeforeAll
    static void startServer() throws IOException, SQLException {
        mariadb = LocalMariaDb.start();
        try (Connection root = mariadb.root();
                Statement statement = root.createStatement()) {
            statement.execute("CREATE DATABASE shop");
            statement.execute("CREATE TABLE t (a INT PRIMARY KEY)");
            statement.execute("CREATE TABLE other (a INT)");
            statement.execute("CREATE ROLE clerk");
            statement.execute("CREATE ROLE chief");
            statement.execute("GRANT clerk TO weir@'127.0.0.1'");
            statement.execute("GRANT chief TO weir@'127.0.0.1'");
            statement.execute("GRANT ALL ON shop.* TO weir@'127.0.0.1'");
            statement.execute("SET DEFAULT ROLE clerk FOR weir@'127.0.0.1'");
        }
    }

    @AfterAll
    static void stopServer() throws IOException {
        mariadb.close();
    }

    @BeforeEach
    void openPool() {
        pool = new HandlePool(
                mariadb.url() + "?allowMultiQueries=true",
                SessionReset.PRECISE,
                LocalMariaDb.USER,
                LocalMariaDb.PASSWORD,
                INIT);
    }

    @AfterEach
    void closePool() throws SQLException {
        pool.close();
    }

    /** Everything a session can carry over. */
    private Map<String, String> fingerprint() throws SQLException {
        Map<String, String> all = new TreeMap<>();
        try (Connection connection = pool.get();
                Statement statement = connection.createStatement()) {
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(connection.isReadOnly()).isFalse();
            all.put("isolation", String.valueOf(connection.getTransactionIsolation()));
            collect(all, statement, "SHOW SESSION VARIABLES");
            collect(all, statement, "SELECT 'role', CURRENT_ROLE()");
            collect(all, statement, "SELECT 'database', DATABASE()");
            collect(all, statement, "SELECT 'session', CONNECTION_ID()");
            collect(all, statement, "SELECT 'lock', IS_USED_LOCK('mine')");
            collect(
                    all,
                    statement,
                    "SELECT CONCAT('@', VARIABLE_NAME), VARIABLE_VALUE FROM information_schema.USER_VARIABLES");
            collect(
                    all,
                    statement,
                    "SELECT CONCAT('temporary ', TABLE_SCHEMA, '.', TABLE_NAME), TABLE_TYPE"
                            + " FROM information_schema.TABLES WHERE TABLE_TYPE LIKE 'TEMPORARY%'");
            // Both at once: forbidden while tables are locked. And a transaction that begins here may write.
            collect(all, statement, "SELECT 'rows', (SELECT COUNT(*) FROM t) + (SELECT COUNT(*) FROM other)");
            statement.execute("INSERT INTO other VALUES (1)");
            statement.execute("DELETE FROM other");
        }
        all.keySet().removeAll(RESTLESS);
        // No variable of a user and one that is null are the same to whoever reads them.
        all.values().removeIf("null"::equals);
        return all;
    }

    private static void collect(Map<String, String> all, Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                all.put(rows.getString(1), String.valueOf(rows.getString(2)));
            }
        }
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = pool.get();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET wait_timeout = 5",
                "SET SESSION wait_timeout = 5, LOCAL max_statement_time = 2.5",
                "SET @@session.wait_timeout = 5, @@sql_select_limit := 7",
                "SET sql_mode = ''",
                "SET sql_mode = 'NO_BACKSLASH_ESCAPES'",
                "SET time_zone = '+03:00'",
                "SET NAMES utf8mb3",
                "SET CHARACTER SET utf8mb3",
                "SET insert_id = 7",
                "SET collation_connection = 'latin1_german1_ci'",
                "SET character_set_results = NULL",
                "SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE",
                "SET SESSION TRANSACTION READ ONLY",
                "SET tx_isolation = 'READ-COMMITTED'",
                "SET TRANSACTION READ ONLY",
                "SET autocommit = 0",
                "SET autocommit = 0; INSERT INTO t VALUES (1)",
                "START TRANSACTION; INSERT INTO t VALUES (1)",
                "START TRANSACTION READ ONLY",
                "BEGIN; INSERT INTO t VALUES (1); SET wait_timeout = 9; CREATE TEMPORARY TABLE mine (a INT)",
                "SET ROLE chief",
                "SET ROLE NONE",
                "SET @mine = 1, @`my own` = 2, @my.own = 3, @4u = 4, @`my``own` = 5",
                "SELECT @mine := 1",
                "SELECT 1 INTO @mine",
                "SELECT GET_LOCK('mine', 0)",
                "DO GET_LOCK('mine', 0), GET_LOCK('mine', 0)",
                "CREATE TEMPORARY TABLE mine (a INT)",
                "CREATE TEMPORARY TABLE IF NOT EXISTS shop.`my``own` (a INT)",
                "CREATE OR REPLACE TEMPORARY TABLE 1mine (a INT)",
                "CREATE TEMPORARY TABLE mine (a INT); ALTER TABLE mine RENAME TO yours",
                "CREATE TEMPORARY TABLE mine (a INT); RENAME TABLE mine TO yours",
                "CREATE TEMPORARY SEQUENCE mine",
                "SET STATEMENT max_statement_time = 5 FOR CREATE TEMPORARY TABLE mine (a INT)",
                "PREPARE mine FROM 'SELECT 1'",
                "LOCK TABLES t WRITE",
                "LOCK TABLES t READ; CREATE TEMPORARY TABLE mine (a INT)",
                "USE shop",
                "/*!40101 SET wait_timeout = 5 */",
            })
    void isUndonePrecisely(String sql) throws SQLException {
        Map<String, String> before = fingerprint();
        run(sql);
        assertThat(fingerprint()).isEqualTo(before);
        assertThat(pool.connected).hasSize(1);
        assertThat(pool.closed).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "USE shop; CREATE TEMPORARY TABLE mine (a INT)",
                "EXECUTE IMMEDIATE 'SET wait_timeout = 5'",
                "HANDLER t OPEN",
                "XA START 'mine'",
            })
    void isRetiredWhereUndoingIsUnsure(String sql) throws SQLException {
        run(sql);
        assertThat(pool.closed).hasSize(1);
        assertThat(fingerprint()).containsEntry("wait_timeout", "777").containsEntry("database", "test");
        assertThat(pool.connected).hasSize(2);
    }

    @Test
    void aPreparedNameIsFreeAgain() throws SQLException {
        run("PREPARE mine FROM 'SELECT 1'");
        assertThatThrownBy(() -> run("EXECUTE mine")).isInstanceOf(SQLException.class);
        assertThat(pool.connected).hasSize(1);
    }

    @Test
    void whatIsBoundByParametersIsUndoneToo() throws SQLException {
        Map<String, String> before = fingerprint();
        try (Connection connection = pool.get()) {
            connection.setAutoCommit(false);
            try (PreparedStatement lock = connection.prepareStatement("SELECT GET_LOCK(?, 0)")) {
                lock.setString(1, "mine");
                lock.execute();
            }
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
                insert.setInt(1, 1);
                insert.execute();
            }
        }
        assertThat(fingerprint()).isEqualTo(before);
        assertThat(pool.connected).hasSize(1);
    }

    @Test
    void propertiesAreReset() throws SQLException {
        Map<String, String> before = fingerprint();
        try (Connection connection = pool.get()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            connection.setReadOnly(true);
            connection.setCatalog("shop");
            connection.setNetworkTimeout(Runnable::run, 12345);
            connection.setAutoCommit(false);
            connection.createStatement().executeQuery("SELECT 1");
        }
        assertThat(fingerprint()).isEqualTo(before);
        try (Connection connection = pool.get()) {
            assertThat(connection.getNetworkTimeout()).isZero();
        }
        assertThat(pool.connected).hasSize(1);
    }

    @Test
    void aTemporaryTableMadeAfterTheCatalogWasChangedIsRetired() throws SQLException {
        try (Connection connection = pool.get()) {
            connection.setCatalog("shop");
            connection.createStatement().execute("CREATE TEMPORARY TABLE mine (a INT)");
        }
        assertThat(pool.closed).hasSize(1);
    }

    @Test
    void strictModeRetires() throws SQLException {
        pool.home.sessionReset(SessionReset.STRICT);
        run("START TRANSACTION; INSERT INTO t VALUES (1)");
        assertThat(pool.closed).isEmpty();
        run("SET @mine = 1");
        assertThat(pool.closed).hasSize(1);
    }
}
