package dev.weir.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.postgres.LocalPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections that a PostgreSQL ends, refuses writes on, or keeps busy for too long. */
class BrokenConnectionIT {

    private static LocalPostgres postgres;
    private HandlePool pool;

    @BeforeAll
    static void startServer() throws IOException, SQLException {
        postgres = LocalPostgres.start();
        try (Connection connection = direct();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (a int)");
        }
    }

    @AfterAll
    static void stopServer() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void openPool() {
        pool = new HandlePool(postgres.url(), SessionReset.PRECISE, postgres.user(), postgres.password(), "");
    }

    @AfterEach
    void closePool() throws SQLException {
        pool.close();
    }

    private static Connection direct() throws SQLException {
        return DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
    }

    private static int one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void terminate(int backend) throws SQLException {
        try (Connection admin = direct()) {
            one(admin, "SELECT pg_terminate_backend(" + backend + ", 5000)::int");
        }
    }

    @Test
    void aTerminatedBackendIsNotLentAgain() throws SQLException {
        try (Connection connection = pool.get()) {
            terminate(one(connection, "SELECT pg_backend_pid()"));
            assertThatThrownBy(() -> one(connection, "SELECT 1"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57P01"));
        }
        assertThat(pool.connected.get(0).isBroken()).isTrue();
        try (Connection connection = pool.get()) {
            assertThat(one(connection, "SELECT 1")).isOne();
        }
        assertThat(pool.connected).hasSize(2);
    }

    @Test
    void aConnectionWhoseResetFailsIsRetiredAndCloseSaysNothing() throws SQLException {
        try (Connection connection = pool.get()) {
            connection.setAutoCommit(false);
            one(connection, "SELECT 1");
            terminate(one(connection, "SELECT pg_backend_pid()"));
        }
        assertThat(pool.closed).hasSize(1);
    }

    @Test
    void aServerThatBecameReadOnlyIsAFailover() throws SQLException {
        try (Connection connection = pool.get();
                Statement statement = connection.createStatement()) {
            try (Connection admin = direct();
                    Statement change = admin.createStatement()) {
                change.execute("ALTER SYSTEM SET default_transaction_read_only = on");
                change.execute("SELECT pg_reload_conf()");
            }
            try {
                await().until(() -> one(connection, "SELECT current_setting('transaction_read_only')::bool::int") == 1);
                assertThatThrownBy(() -> statement.execute("INSERT INTO t VALUES (1)"))
                        .isInstanceOf(SQLException.class);
                assertThat(pool.current().isBroken()).isTrue();
            } finally {
                try (Connection admin = direct();
                        Statement change = admin.createStatement()) {
                    change.execute("SET default_transaction_read_only = off");
                    change.execute("ALTER SYSTEM RESET default_transaction_read_only");
                    change.execute("SELECT pg_reload_conf()");
                }
            }
        }
    }

    @Test
    void aWriteOnAConnectionMadeReadOnlyIsNoFailover() throws SQLException {
        try (Connection connection = pool.get();
                Statement statement = connection.createStatement()) {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> statement.execute("INSERT INTO t VALUES (1)"))
                    .hasMessageContaining("read-only");
            assertThat(pool.current().isBroken()).isFalse();
        }
        assertThat(pool.closed).isEmpty();
    }

    @Test
    void aStatementThatRunsTooLongIsCancelledAndItsConnectionKept() throws SQLException {
        pool.home.queryTimeout(Duration.ofSeconds(15));
        try (Connection connection = pool.get()) {
            CompletableFuture<Integer> sleeping = inBackground(connection, "SELECT 1 FROM pg_sleep(60)");
            await().until(() -> sleepers() == 1);
            pool.pass(Duration.ofSeconds(1));
            pool.pass(Duration.ofSeconds(14));
            assertThat(sleeping).isNotDone();
            pool.pass(Duration.ofSeconds(1));
            assertThatThrownBy(sleeping::join)
                    .hasRootCauseInstanceOf(SQLException.class)
                    .hasMessageContaining("cancel");
            assertThat(one(connection, "SELECT 2")).isEqualTo(2);
        }
        assertThat(pool.home.statementsCancelled.sum()).isOne();
        assertThat(pool.closed).isEmpty();
    }

    @Test
    void aTimeoutOfTheBorrowersOwnWins() throws SQLException {
        pool.home.queryTimeout(Duration.ofSeconds(15));
        try (Connection connection = pool.get();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(600);
            CompletableFuture<Boolean> sleeping = CompletableFuture.supplyAsync(() -> {
                try {
                    return statement.execute("SELECT pg_sleep(60)");
                } catch (SQLException e) {
                    throw new CompletionException(e);
                }
            });
            await().until(() -> sleepers() == 1);
            pool.pass(Duration.ofSeconds(1));
            pool.pass(Duration.ofSeconds(100));
            assertThat(pool.home.statementsCancelled.sum()).isZero();
            assertThat(sleeping).isNotDone();
            statement.cancel();
            assertThatThrownBy(sleeping::join).hasMessageContaining("cancel");
        }
    }

    @Test
    void whereCancellingDoesNotHelpTheConnectionIsAborted() throws SQLException {
        pool.home.queryTimeout(Duration.ofSeconds(15));
        try (LeasedConnection connection = pool.get()) {
            // The server never hears of a cancel that is refused, here because the watch was told that it was sent.
            CompletableFuture<Integer> sleeping = inBackground(connection, "SELECT 1 FROM pg_sleep(60)");
            await().until(() -> sleepers() == 1);
            pool.pass(Duration.ofSeconds(1));
            pool.current().watch().stage = QueryWatch.Stage.CANCELLED;
            pool.pass(Duration.ofSeconds(15));
            assertThat(sleeping).isNotDone();
            pool.pass(JdbcPool.CANCEL_GRACE);
            assertThatThrownBy(sleeping::join).hasRootCauseInstanceOf(Exception.class);
            assertThat(connection.isClosed()).isTrue();
        }
        assertThat(pool.closed).hasSize(1);
        assertThat(pool.home.connectionsAborted.sum()).isOne();
        try (Connection admin = direct()) {
            one(
                    admin,
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)' AND pid <> pg_backend_pid()");
        }
    }

    private static CompletableFuture<Integer> inBackground(Connection connection, String sql) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return one(connection, sql);
            } catch (SQLException e) {
                throw new CompletionException(e);
            }
        });
    }

    private static int sleepers() throws SQLException {
        try (Connection admin = direct()) {
            return one(admin, "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'");
        }
    }
}
