package dev.weir.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the end of a lease asks of the driver, and what follows when the driver fails. */
class LeaseEndTest {

    private final ScriptedDriver driver = new ScriptedDriver();
    private HandlePool pool;

    @BeforeEach
    void open() throws SQLException {
        DriverManager.registerDriver(driver);
        pool = new HandlePool("jdbc:scripted:" + LeasedConnectionTest.newDatabase(), SessionReset.PRECISE);
        pool.get().close();
    }

    @AfterEach
    void close() throws SQLException {
        pool.close();
        DriverManager.deregisterDriver(driver);
    }

    @Test
    void aLeaseThatCalledNothingAsksNothing() {
        assertThat(driver.callsSince(() -> pool.get().close())).isEmpty();
    }

    @Test
    void aLeaseThatOnlyReadAsksNothingOfTheServer() throws SQLException {
        LeasedConnection connection = pool.get();
        try (Statement statement = connection.createStatement()) {
            statement.executeQuery("select 1");
        }
        assertThat(driver.callsSince(connection::close)).containsExactly("clearWarnings");
    }

    @Test
    void aPropertySetBackByItsBorrowerIsNotResetAgain() throws SQLException {
        LeasedConnection connection = pool.get();
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        connection.setReadOnly(false);
        connection.setAutoCommit(true);
        assertThat(driver.callsSince(connection::close)).containsExactly("clearWarnings");
    }

    @Test
    void onlyWhatWasDirtiedIsReset() throws SQLException {
        LeasedConnection connection = pool.get();
        connection.setReadOnly(true);
        assertThat(driver.callsSince(connection::close)).containsExactly("setReadOnly", "clearWarnings");
    }

    @Test
    void workAfterACommitIsRolledBack() throws SQLException {
        LeasedConnection connection = pool.get();
        connection.setAutoCommit(false);
        connection.commit();
        connection.createStatement().close();
        assertThat(driver.callsSince(connection::close))
                .containsExactly("getAutoCommit", "rollback", "setAutoCommit", "clearWarnings");
    }

    @Test
    void aCommitWithAnotherThreadInsideSettlesNothing() throws SQLException {
        LeasedConnection connection = pool.get();
        connection.setAutoCommit(false);
        PhysicalConnection physical = pool.current();
        driver.on("commit", () -> physical.enterShared(PhysicalConnection.CALL));
        connection.commit();
        physical.exitShared();
        assertThat(connection.isUnsettled()).isTrue();
        connection.close();
    }

    @Test
    void aRollbackThatFailsRetiresTheConnectionAndCloseIsSilent() throws SQLException {
        LeasedConnection connection = pool.get();
        connection.setAutoCommit(false);
        connection.createStatement().execute("select 1");
        driver.on("rollback", () -> {
            throw new SQLException("no", "HY000");
        });
        connection.close();
        assertThat(pool.closed).hasSize(1);
        assertThat(pool.home.retiredDirty.sum()).isOne();
    }

    @Test
    void aDriverThatThrowsWhatItShouldNotLosesNoSlot() throws SQLException {
        LeasedConnection connection = pool.get();
        connection.createStatement();
        driver.on("clearWarnings", () -> {
            throw new IllegalStateException("no");
        });
        connection.close();
        assertThat(pool.closed).hasSize(1);
        driver.on("clearWarnings", () -> {});
        try (Connection next = pool.get()) {
            assertThat(next.isValid(1)).isTrue();
        }
    }

    @Test
    void aResetThatHangsIsAborted() throws SQLException {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch aborted = new CountDownLatch(1);
        driver.on("rollback", () -> {
            hanging.countDown();
            awaitQuietly(aborted);
            throw new SQLException("aborted", "08006");
        });
        driver.on("abort", aborted::countDown);
        LeasedConnection connection = pool.get();
        connection.setAutoCommit(false);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(connection::close);
        awaitQuietly(hanging);
        pool.pass(JdbcPool.CANCEL_GRACE);
        assertThat(closing).isNotDone();
        pool.pass(JdbcPool.CANCEL_GRACE);
        await().until(closing::isDone);
        assertThat(pool.closed).isNotEmpty();
        assertThat(pool.home.connectionsAborted.sum()).isOne();
    }

    @Test
    void aCallThatOutlivesItsLeaseBreaksTheConnection() throws SQLException {
        LeasedConnection connection = pool.get();
        PhysicalConnection physical = pool.current();
        driver.on("setReadOnly", connection::close);
        connection.setReadOnly(true);
        assertThat(physical.isBroken()).isTrue();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
