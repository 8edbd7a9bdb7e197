package dev.weir.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.ConnectionPoolManager;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

class WeirDataSourceTest {

    private static final String URL = "jdbc:h2:mem:datasource;DB_CLOSE_DELAY=-1";

    private static WeirDataSourceBuilder one() {
        return WeirDataSource.builder()
                .name("one")
                .url(URL)
                .user("sa")
                .password("")
                .settings(pool -> pool.min(0).max(1).acquireTimeout(Duration.ofSeconds(5)));
    }

    @Test
    void connectionsComeWithTheDefaultsThatWereSet() throws SQLException {
        try (WeirDataSource dataSource = one().autoCommit(false)
                        .isolation(Connection.TRANSACTION_SERIALIZABLE)
                        .connectionInitSql("create schema if not exists shop")
                        .schema("SHOP")
                        .build();
                Connection connection = dataSource.getConnection()) {
            assertThat(connection.getAutoCommit()).isFalse();
            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            assertThat(connection.getSchema()).isEqualTo("SHOP");
        }
    }

    @Test
    void aTimeoutTellsCountsAndHolders() throws SQLException {
        try (WeirDataSource dataSource = one().build();
                Connection held = dataSource.getConnection()) {
            dataSource
                    .pool()
                    .reconfigure(now -> now.toBuilder()
                            .acquireTimeout(Duration.ofMillis(20))
                            .build());
            assertThatThrownBy(dataSource::getConnection)
                    .isInstanceOfSatisfying(
                            SQLTransientConnectionException.class,
                            failure -> assertThat(failure.getSQLState()).isEqualTo("08001"))
                    .hasMessageContaining("pool one: 1 leased, 0 idle")
                    .hasMessageContaining("held by " + Thread.currentThread().getName());
            assertThat(held.isValid(1)).isTrue();
        }
    }

    @Test
    void anInterruptEndsTheWaitAndStaysSet() throws SQLException {
        try (WeirDataSource dataSource = one().build();
                Connection held = dataSource.getConnection()) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(dataSource::getConnection).isInstanceOf(SQLTransientConnectionException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(held.isClosed()).isFalse();
        }
    }

    @Test
    void aFullQueueTurnsTheOldestAway() throws Exception {
        try (WeirDataSource dataSource =
                one().settings(pool -> pool.maxWaiters(1)).build()) {
            Connection held = dataSource.getConnection();
            CompletableFuture<Connection> oldest =
                    dataSource.getConnectionAsync().toCompletableFuture();
            CompletableFuture<Connection> newest =
                    dataSource.getConnectionAsync().toCompletableFuture();
            assertThatThrownBy(() -> oldest.get(5, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(SQLTransientConnectionException.class)
                    .hasMessageContaining("Connection queue full - request rejected");
            held.close();
            newest.get(5, TimeUnit.SECONDS).close();
        }
    }

    @Test
    void aCancelledRequestLeavesTheConnectionToOthers() throws Exception {
        try (WeirDataSource dataSource = one().build()) {
            Connection held = dataSource.getConnection();
            CompletableFuture<Connection> request =
                    dataSource.getConnectionAsync().toCompletableFuture();
            request.cancel(false);
            held.close();
            dataSource.getConnection().close();
            assertThat(dataSource.snapshot().waiting()).isZero();
        }
    }

    @Test
    void aClosedDataSourceSaysSoAndHasNoConnectionLeft() throws SQLException {
        WeirDataSource dataSource = one().build();
        Connection held = dataSource.getConnection();
        dataSource.close(Duration.ZERO);
        dataSource.close();
        assertThatThrownBy(dataSource::getConnection)
                .isInstanceOfSatisfying(
                        SQLNonTransientConnectionException.class,
                        failure -> assertThat(failure.getSQLState()).isEqualTo("08003"));
        assertThat(held.isClosed()).isTrue();
        assertThat(dataSource.snapshot().size()).isZero();
    }

    @Test
    void aWrongPasswordIsToldAtTheStart() throws SQLException {
        try (WeirDataSource first = one().build();
                Connection keptOpen = first.getConnection()) {
            assertThatThrownBy(() -> one().name("two")
                            .password("wrong")
                            .startTimeout(Duration.ofSeconds(5))
                            .build())
                    .isInstanceOf(StartFailedException.class)
                    .hasMessageContaining("pool two had no connection")
                    .hasRootCauseInstanceOf(SQLException.class);
            assertThat(keptOpen.isValid(1)).isTrue();
        }
    }

    @Test
    void credentialsAreAskedForAgainWithEachConnection() throws SQLException {
        AtomicInteger asked = new AtomicInteger();
        CredentialsProvider rotating = () -> {
            asked.incrementAndGet();
            return new Credentials("sa", "");
        };
        try (WeirDataSource dataSource = WeirDataSource.builder()
                .url(URL)
                .credentials(rotating)
                .settings(pool -> pool.min(0).max(2))
                .build()) {
            try (Connection first = dataSource.getConnection();
                    Connection second = dataSource.getConnection()) {
                assertThat(first).isNotSameAs(second);
            }
            assertThat(asked.get()).isEqualTo(2);
        }
    }

    @Test
    void onlyTheConfiguredCredentialsMayBeAskedFor() throws SQLException {
        try (WeirDataSource dataSource = one().build()) {
            dataSource.getConnection("sa", "").close();
            assertThatThrownBy(() -> dataSource.getConnection("sa", "hunter2"))
                    .isInstanceOf(SQLFeatureNotSupportedException.class)
                    .hasMessageNotContaining("hunter2");
        }
    }

    @Test
    void aCheckQueryMayDecide() throws SQLException {
        try (WeirDataSource dataSource = one().checkQuery("select 1 / 0")
                .settings(pool -> pool.checkAfterRest(Duration.ZERO))
                .build()) {
            dataSource.getConnection().close();
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
                dataSource.getConnection().close();
                return dataSource.snapshot().totals().checksFailed() > 0;
            });
        }
    }

    @Test
    void anotherDataSourceCanBeBehindIt() throws SQLException {
        JdbcDataSource behind = new JdbcDataSource();
        behind.setURL(URL);
        behind.setUser("sa");
        try (WeirDataSource dataSource =
                WeirDataSource.builder().dataSource(behind).build()) {
            dataSource.getConnection().close();
            assertThat(dataSource.isWrapperFor(JdbcDataSource.class)).isTrue();
            assertThat(dataSource.unwrap(JdbcDataSource.class)).isSameAs(behind);
            assertThat(dataSource.unwrap(DataSource.class)).isSameAs(dataSource);
            assertThat(dataSource.isWrapperFor(String.class)).isFalse();
            assertThatThrownBy(() -> dataSource.unwrap(String.class)).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void theRestOfTheInterfaceIsAsJdbcSays() throws SQLException {
        try (WeirDataSource dataSource = one().build()) {
            assertThat(dataSource.getLoginTimeout()).isEqualTo(5);
            dataSource.setLoginTimeout(3);
            assertThat(dataSource.pool().settings().acquireTimeout()).isEqualTo(Duration.ofSeconds(3));
            dataSource.setLoginTimeout(0);
            assertThat(dataSource.getLoginTimeout()).isEqualTo(5);
            assertThat(dataSource.getLogWriter()).isNull();
            PrintWriter writer = new PrintWriter(new StringWriter());
            dataSource.setLogWriter(writer);
            assertThat(dataSource.getLogWriter()).isSameAs(writer);
            assertThat(dataSource.getParentLogger().getName()).isEqualTo("dev.weir");
        }
    }

    @Test
    void aManagerKnowsThePoolUntilItIsClosed() throws SQLException {
        try (ConnectionPoolManager manager = ConnectionPoolManager.create()) {
            WeirDataSource dataSource = one().manager(manager).build();
            dataSource.getConnection().close();
            assertThat(manager.pool("one")).isPresent();
            dataSource.close();
            assertThat(manager.pool("one")).isEmpty();
            WeirDataSource again = one().manager(manager).build();
            again.getConnection().close();
            assertThat(manager.shutdown(Duration.ofSeconds(5)).connectionsLeft())
                    .isZero();
            assertThatThrownBy(again::getConnection).isInstanceOf(SQLNonTransientConnectionException.class);
            again.close();
        }
    }

    @Test
    void connectFailuresAreTakenForWhatTheyAre() {
        assertThat(ConnectVerdict.of(new SQLException("", "53300")).name()).isEqualTo("SERVER_FULL");
        assertThat(ConnectVerdict.of(new SQLException("", "08004", 1040)).name())
                .isEqualTo("SERVER_FULL");
        assertThat(ConnectVerdict.of(new SQLException("", "28P01")).name()).isEqualTo("CREDENTIALS");
        assertThat(ConnectVerdict.of(new SQLException("", "3D000")).name()).isEqualTo("CONFIGURATION");
        assertThat(ConnectVerdict.of(new SQLException("", "42000", 1049)).name())
                .isEqualTo("CONFIGURATION");
        assertThat(ConnectVerdict.of(new SQLException("", "08001")).name()).isEqualTo("TRANSIENT");
        assertThat(ConnectVerdict.of(new SQLException("", "57P03")).name()).isEqualTo("TRANSIENT");
        assertThat(ConnectVerdict.of(new IllegalStateException()).name()).isEqualTo("TRANSIENT");
    }
}
