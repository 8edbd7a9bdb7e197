package dev.weir.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.mariadb.local.LocalMariaDb;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Errors by which a MariaDB says that it is read-only, full, or has ended a connection. */
class MariaDbFailuresIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private static LocalMariaDb mariadb;
    private final Deque<Connection> others = new ArrayDeque<>();

    @BeforeAll
    static void startServer() throws IOException, SQLException {
        mariadb = LocalMariaDb.start("--max-connections=10", "--secure-file-priv=/dev");
        asRoot("CREATE TABLE t (a INT)", "GRANT FILE ON *.* TO weir@'127.0.0.1'");
    }

    @AfterAll
    static void stopServer() throws IOException {
        mariadb.close();
    }

    @AfterEach
    void leave() throws SQLException {
        while (!others.isEmpty()) {
            others.pop().close();
        }
        asRoot("SET GLOBAL read_only = 0");
    }

    private static void asRoot(String... statements) throws SQLException {
        try (Connection root = mariadb.root();
                Statement statement = root.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static WeirDataSourceBuilder settings() {
        return WeirDataSource.builder()
                .url(mariadb.url())
                .user(LocalMariaDb.USER)
                .password(LocalMariaDb.PASSWORD)
                .settings(pool -> pool.min(0).max(3).acquireTimeout(TIMEOUT));
    }

    private static HandlePool handles() {
        return new HandlePool(mariadb.url(), SessionReset.PRECISE, LocalMariaDb.USER, LocalMariaDb.PASSWORD, "");
    }

    private static SQLException failureOf(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            throw new AssertionError("this worked: " + sql);
        } catch (SQLException failure) {
            return failure;
        }
    }

    private static long session(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT CONNECTION_ID()")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void aReadOnlyServerMakesEveryOlderConnectionSuspect() throws SQLException {
        try (WeirDataSource writes = settings().name("writes").build();
                WeirDataSource reads = settings().name("reads").build()) {
            reads.getConnection().close();
            try (Connection connection = writes.getConnection()) {
                asRoot("SET GLOBAL read_only = 1");
                SQLException failure = failureOf(connection, "INSERT INTO t VALUES (1)");
                assertThat(failure.getErrorCode()).isEqualTo(1290);
                assertThat(SqlFailures.verdict(failure)).isEqualTo(FailureVerdict.FAILOVER);
            }
            Awaitility.await().until(() -> writes.snapshot().totals().closed() == 1);
            assertThat(reads.snapshot().totals().closed()).isZero();
            // Suspect, so it is asked before it is lent again, in whatever pool it is.
            try (Connection connection = reads.getConnection()) {
                assertThat(connection.isValid(1)).isTrue();
            }
        }
    }

    @Test
    void anotherOptionThatForbidsAStatementIsNoFailover() throws SQLException {
        try (HandlePool pool = handles()) {
            try (Connection connection = pool.get()) {
                SQLException failure = failureOf(connection, "SELECT 1 INTO OUTFILE '/tmp/not-here'");
                assertThat(failure.getErrorCode()).isEqualTo(1290);
                assertThat(SqlFailures.verdict(failure)).isEqualTo(FailureVerdict.OTHER);
            }
            assertThat(pool.closed).isEmpty();
        }
    }

    @Test
    void aTransactionMadeReadOnlyByItsHolderSaysNothingAboutTheServer() throws SQLException {
        try (HandlePool pool = handles()) {
            try (Connection connection = pool.get()) {
                connection.setReadOnly(true);
                assertThat(failureOf(connection, "INSERT INTO t VALUES (1)").getErrorCode())
                        .isEqualTo(1792);
            }
            try (Connection connection = pool.get()) {
                connection.createStatement().execute("START TRANSACTION READ ONLY");
                assertThat(failureOf(connection, "INSERT INTO t VALUES (1)").getErrorCode())
                        .isEqualTo(1792);
            }
            assertThat(pool.closed).isEmpty();
        }
    }

    @Test
    void aConnectionThatTheServerKilledIsNotLentAgain() throws SQLException {
        try (HandlePool pool = handles()) {
            try (Connection connection = pool.get()) {
                asRoot("KILL " + session(connection));
                assertThat(SqlFailures.verdict(failureOf(connection, "SELECT 1")))
                        .isIn(FailureVerdict.BROKEN, FailureVerdict.FAILOVER);
            }
            assertThat(pool.closed).hasSize(1);
        }
    }

    @Test
    void aQueryThatTheServerKilledEndsNoConnection() throws SQLException {
        try (HandlePool pool = handles()) {
            try (Connection connection = pool.get()) {
                SQLException failure =
                        failureOf(connection, "SET STATEMENT max_statement_time = 0.05 FOR SELECT SLEEP(20)");
                assertThat(SqlFailures.verdict(failure)).isEqualTo(FailureVerdict.OTHER);
            }
            assertThat(pool.closed).isEmpty();
        }
    }

    @Test
    void wrongCredentialsAndAnUnknownDatabaseAreToldApart() {
        assertThatThrownBy(() -> DriverManager.getConnection(mariadb.url(), LocalMariaDb.USER, "wrong"))
                .satisfies(failure ->
                        assertThat(ConnectVerdict.of(failure)).isEqualTo(dev.weir.pool.ConnectFailure.CREDENTIALS));
        assertThatThrownBy(() -> DriverManager.getConnection(mariadb.url().replace("/test", "/nowhere"), "root", ""))
                .satisfies(failure ->
                        assertThat(ConnectVerdict.of(failure)).isEqualTo(dev.weir.pool.ConnectFailure.CONFIGURATION));
    }

    /** Takes every connection the server still has. */
    private void fill() {
        assertThatThrownBy(() -> {
                    while (true) {
                        others.push(
                                DriverManager.getConnection(mariadb.url(), LocalMariaDb.USER, LocalMariaDb.PASSWORD));
                    }
                })
                .satisfies(full -> assertThat(SqlFailures.verdict(full)).isEqualTo(FailureVerdict.SERVER_FULL));
    }

    @Test
    void aPoolThatHasConnectionsLivesOnWithThemOnAFullServerAndGrowsLater() throws Exception {
        try (WeirDataSource dataSource =
                settings().startTimeout(Duration.ofSeconds(20)).build()) {
            fill();
            try (OutageLoad load = new OutageLoad(dataSource, 8)) {
                Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> load.good() > 500);
                assertThat(dataSource.snapshot().totals().opened()).isEqualTo(1);
                leaveFullServer();
                Awaitility.await()
                        .atMost(Duration.ofSeconds(5))
                        .until(() -> dataSource.snapshot().totals().opened() > 1);
                load.stop();
                assertThat(load.refused()).isZero();
                assertThat(load.longestWait()).isLessThan(TIMEOUT.plusMillis(500));
                assertThat(load.deadOnesAfter(0)).isEmpty();
            }
        }
    }

    @Test
    void aPoolWithoutConnectionsSaysThatTheServerIsFull() throws Exception {
        fill();
        try (WeirDataSource dataSource = settings().build()) {
            long asked = System.nanoTime();
            assertThatThrownBy(dataSource::getConnection)
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .hasMessageContaining("Too many connections");
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(TIMEOUT.plusMillis(500));
        }
    }

    private void leaveFullServer() throws SQLException {
        while (!others.isEmpty()) {
            others.pop().close();
        }
    }
}
