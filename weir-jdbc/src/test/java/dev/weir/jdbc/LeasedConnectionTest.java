package dev.weir.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Array;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbc.JdbcStatement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The handles on a real driver, H2. */
class LeasedConnectionTest {

    private final HandlePool pool = new HandlePool(newDatabase(), SessionReset.PRECISE);

    static String newDatabase() {
        return "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    }

    @BeforeEach
    void createTable() throws SQLException {
        try (Connection connection = pool.get();
                Statement statement = connection.createStatement()) {
            statement.execute("create table t (a int)");
        }
    }

    @AfterEach
    void close() throws SQLException {
        pool.close();
    }

    private int rows() throws SQLException {
        try (Connection connection = pool.get();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from t")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void aConnectionIsLentAgain() throws SQLException {
        pool.get().close();
        assertThat(rows()).isZero();
        assertThat(pool.connected).hasSize(1);
    }

    @Test
    void closedTwiceGivesBackOnce() {
        LeasedConnection first = pool.get();
        first.close();
        LeasedConnection second = pool.get();
        first.close();
        assertThat(second.isOver()).isFalse();
        assertThat(pool.idle()).isZero();
        second.close();
        assertThat(pool.idle()).isOne();
    }

    @Test
    void aStaleHandleTouchesNothing() throws SQLException {
        LeasedConnection stale = pool.get();
        Statement staleStatement = stale.createStatement();
        stale.close();
        try (LeasedConnection current = pool.get()) {
            assertThatThrownBy(() -> stale.setAutoCommit(false)).hasMessage("connection is closed");
            assertThatThrownBy(() -> staleStatement.execute("drop table t")).isInstanceOf(SQLException.class);
            staleStatement.close();
            stale.abort(Runnable::run);
            assertThat(current.getAutoCommit()).isTrue();
            assertThat(current.isValid(1)).isTrue();
        }
        assertThat(pool.connected).hasSize(1);
        assertThat(rows()).isZero();
    }

    @Test
    void uncommittedWorkIsRolledBack() throws SQLException {
        try (Connection connection = pool.get()) {
            connection.setAutoCommit(false);
            connection.createStatement().executeUpdate("insert into t values (1)");
        }
        assertThat(rows()).isZero();
        assertThat(pool.home.rollbacks.sum()).isOne();
        assertThat(pool.connected).hasSize(1);
    }

    @Test
    void committedWorkNeedsNoRollback() throws SQLException {
        try (Connection connection = pool.get()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("insert into t values (1)");
                connection.commit();
            }
        }
        assertThat(rows()).isOne();
        assertThat(pool.home.rollbacks.sum()).isZero();
    }

    @Test
    void whatWasDirtiedIsReset() throws SQLException {
        try (Connection connection = pool.get()) {
            connection.createStatement().execute("create schema other");
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            connection.setSchema("OTHER");
            connection.setHoldability(ResultSet.CLOSE_CURSORS_AT_COMMIT);
            connection.setAutoCommit(false);
        }
        try (Connection connection = pool.get()) {
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(connection.isReadOnly()).isFalse();
            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
            assertThat(connection.getSchema()).isEqualTo("PUBLIC");
            assertThat(connection.getHoldability()).isEqualTo(ResultSet.HOLD_CURSORS_OVER_COMMIT);
        }
        assertThat(pool.connected).hasSize(1);
    }

    @Test
    void everythingLeadsBackToTheHandle() throws SQLException {
        try (Connection connection = pool.get();
                PreparedStatement statement = connection.prepareStatement("select array[1, 2]");
                ResultSet rows = statement.executeQuery()) {
            assertThat(statement.getConnection()).isSameAs(connection);
            assertThat(rows.getStatement()).isSameAs(statement);
            assertThat(statement.getResultSet().getStatement()).isSameAs(statement);
            rows.next();
            for (Array array :
                    new Array[] {rows.getArray(1), (Array) rows.getObject(1), rows.getObject(1, Array.class)}) {
                Statement ofElements = array.getResultSet().getStatement();
                assertThat(ofElements == null || ofElements.getConnection() == connection)
                        .isTrue();
            }
            DatabaseMetaData metaData = connection.getMetaData();
            assertThat(metaData.getConnection()).isSameAs(connection);
            try (ResultSet tables = metaData.getTables(null, null, "T", null)) {
                assertThat(tables.next()).isTrue();
                Statement ofTables = tables.getStatement();
                assertThat(ofTables == null || ofTables.getConnection() == connection)
                        .isTrue();
            }
        }
    }

    @Test
    void anArrayGoesBackToTheDriverUnwrapped() throws SQLException {
        try (Connection connection = pool.get();
                PreparedStatement statement = connection.prepareStatement("select cardinality(cast(? as int array))")) {
            statement.setArray(1, connection.createArrayOf("INTEGER", new Object[] {1, 2, 3}));
            ResultSet rows = statement.executeQuery();
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(3);
        }
    }

    @Test
    void statementsLeftOpenAreClosedAndCounted() throws SQLException {
        JdbcStatement[] raw = new JdbcStatement[10];
        try (Connection connection = pool.get()) {
            for (int i = 0; i < raw.length; i++) {
                raw[i] = connection.createStatement().unwrap(JdbcStatement.class);
            }
            connection.createStatement().close();
        }
        for (JdbcStatement statement : raw) {
            assertThat(statement.isClosed()).isTrue();
        }
        assertThat(pool.home.statementsLeftOpen.sum()).isEqualTo(raw.length);
    }

    @Test
    void aClosedStatementIsClosedEvenWhereItsDriverKeepsIt() throws SQLException {
        try (Connection connection = pool.get()) {
            Statement statement = connection.createStatement();
            statement.close();
            statement.close();
            assertThat(statement.isClosed()).isTrue();
            assertThatThrownBy(() -> statement.execute("select 1"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("HY010"));
        }
    }

    @Test
    void unwrapGivesTheHandleWhereThatWillDo() throws SQLException {
        try (Connection connection = pool.get()) {
            assertThat(connection.isWrapperFor(Connection.class)).isTrue();
            assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
            assertThat(connection.isWrapperFor(JdbcConnection.class)).isTrue();
            assertThat(connection.isWrapperFor(String.class)).isFalse();
            assertThatThrownBy(() -> connection.unwrap(String.class)).isInstanceOf(SQLException.class);
            assertThat(pool.current().dirty()).isZero();
        }
    }

    @Test
    void anUnwrappedConnectionIsResetInFull() throws SQLException {
        try (Connection connection = pool.get()) {
            JdbcConnection driver = connection.unwrap(JdbcConnection.class);
            driver.setAutoCommit(false);
            driver.setReadOnly(true);
            driver.createStatement().executeUpdate("insert into t values (1)");
        }
        try (Connection connection = pool.get()) {
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(connection.isReadOnly()).isFalse();
        }
        assertThat(rows()).isZero();
        assertThat(pool.connected).hasSize(1);
    }

    @Test
    void strictModeRetiresWhatWasUnwrapped() throws SQLException {
        pool.home.sessionReset(SessionReset.STRICT);
        try (Connection connection = pool.get()) {
            connection.unwrap(JdbcConnection.class);
        }
        assertThat(pool.closed).hasSize(1);
    }

    @Test
    void sessionStateThatCannotBeUndoneRetires() throws SQLException {
        try (Connection connection = pool.get();
                Statement statement = connection.createStatement()) {
            statement.execute("set lock_timeout 17");
        }
        assertThat(pool.closed).hasSize(1);
        assertThat(pool.home.retiredDirty.sum()).isOne();
        assertThat(rows()).isZero();
        assertThat(pool.connected).hasSize(2);
    }

    @Test
    void switchedOffSessionStateStays() throws SQLException {
        pool.home.sessionReset(SessionReset.OFF);
        try (Connection connection = pool.get();
                PreparedStatement statement = connection.prepareStatement("set lock_timeout 17")) {
            statement.execute();
        }
        assertThat(pool.closed).isEmpty();
    }

    @Test
    void abortEndsTheConnection() throws SQLException {
        LeasedConnection connection = pool.get();
        connection.abort(Runnable::run);
        assertThat(connection.isClosed()).isTrue();
        assertThat(pool.closed).hasSize(1);
        connection.close();
        assertThat(rows()).isZero();
        assertThatThrownBy(() -> pool.get().abort(null)).isInstanceOf(SQLException.class);
    }

    @Test
    void isValidAsJdbcSays() throws SQLException {
        LeasedConnection connection = pool.get();
        assertThat(connection.isValid(1)).isTrue();
        assertThatThrownBy(() -> connection.isValid(-1)).isInstanceOf(SQLException.class);
        connection.close();
        assertThat(connection.isValid(1)).isFalse();
    }

    @Test
    void aConnectionThatBrokeIsNotLentAgain() throws SQLException {
        try (LeasedConnection connection = pool.get()) {
            pool.current().raw.close();
            assertThatThrownBy(connection::createStatement).isInstanceOf(SQLException.class);
            assertThat(connection.isClosed()).isTrue();
        }
        assertThat(pool.closed).hasSize(1);
        assertThat(rows()).isZero();
        assertThat(pool.connected).hasSize(2);
    }

    private static final CountDownLatch ENTERED = new CountDownLatch(1);
    private static final CountDownLatch LEAVE = new CountDownLatch(1);

    /** Called by the database, from SQL. */
    public static final class Blocking {
        private Blocking() {}

        /** Does not return before it is told to. */
        public static int block() throws InterruptedException {
            ENTERED.countDown();
            return LEAVE.await(10, TimeUnit.SECONDS) ? 1 : 0;
        }
    }

    @Test
    void aConnectionWithACallInsideIsNotLentOn() throws Exception {
        LeasedConnection connection = pool.get();
        Statement statement = connection.createStatement();
        statement.execute("create alias block for '" + Blocking.class.getName() + ".block'");
        CompletableFuture<Void> inside = CompletableFuture.runAsync(() -> {
            try {
                statement.executeQuery("select block()");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(ENTERED.await(10, TimeUnit.SECONDS)).isTrue();
        connection.close();
        assertThat(pool.closed).hasSize(1);
        LEAVE.countDown();
        inside.join();
        assertThat(rows()).isZero();
        assertThat(pool.connected).hasSize(2);
    }
}
