package dev.weir.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Handles that more than one thread uses, or another one closes. */
class TravellingHandleTest {

    private final ScriptedDriver driver = new ScriptedDriver();

    @BeforeEach
    void register() throws SQLException {
        DriverManager.registerDriver(driver);
    }

    @AfterEach
    void deregister() throws SQLException {
        DriverManager.deregisterDriver(driver);
    }

    private static HandlePool open() {
        return new HandlePool("jdbc:scripted:" + LeasedConnectionTest.newDatabase(), SessionReset.PRECISE);
    }

    /** The owner works on while another thread closes its handle and leases again: they must never share a connection. */
    @Test
    void aConnectionWhoseOwnerIsInsideIsNotLentToWhoClosesIt() throws Exception {
        AtomicInteger shared = new AtomicInteger();
        AtomicInteger lentAgain = new AtomicInteger();
        for (int round = 0; round < 300; round++) {
            AtomicBoolean ownerInside = new AtomicBoolean();
            AtomicBoolean lent = new AtomicBoolean();
            driver.on("getCatalog", () -> {
                ownerInside.set(true);
                if (lent.get()) {
                    shared.incrementAndGet();
                }
                ownerInside.set(false);
            });
            try (HandlePool pool = open()) {
                LeasedConnection handle;
                CountDownLatch working = new CountDownLatch(1);
                CompletableFuture<LeasedConnection> leased = new CompletableFuture<>();
                CompletableFuture<Void> owner = CompletableFuture.runAsync(() -> work(pool, leased, working));
                handle = leased.join();
                working.await();
                handle.close();
                try (LeasedConnection next = pool.get()) {
                    if (next.physical() == handle.physical()) {
                        lent.set(true);
                        lentAgain.incrementAndGet();
                        if (ownerInside.get()) {
                            shared.incrementAndGet();
                        }
                    }
                    owner.join();
                }
            }
        }
        assertThat(shared).hasValue(0);
        // Else nothing was tried.
        assertThat(lentAgain).hasPositiveValue();
    }

    private static void work(HandlePool pool, CompletableFuture<LeasedConnection> leased, CountDownLatch working) {
        LeasedConnection mine = pool.get();
        leased.complete(mine);
        try {
            while (true) {
                mine.getCatalog();
                working.countDown();
            }
        } catch (SQLException closed) {
            working.countDown();
        }
    }

    @Test
    void whatAnotherThreadLeftOpenAndUncommittedIsClosedAndRolledBack() throws Exception {
        try (HandlePool pool = open()) {
            LeasedConnection handle = pool.get();
            handle.setAutoCommit(false);
            Statement mine = handle.createStatement();
            CompletableFuture.runAsync(() -> execute(handle)).join();
            handle.close();
            assertThat(mine.isClosed()).isTrue();
            assertThat(pool.home.statementsLeftOpen.sum()).isEqualTo(2);
            assertThat(pool.home.rollbacks.sum()).isOne();
            assertThat(pool.closed).isEmpty();
        }
    }

    private static void execute(LeasedConnection handle) {
        try {
            handle.createStatement().execute("select 1");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aPoolWhoseHandlesTravelCountsEveryThreadAlike() throws Exception {
        try (HandlePool pool = open()) {
            LeasedConnection first = pool.get();
            CompletableFuture.runAsync(() -> close(first)).join();
            assertThat(pool.home.handlesTravel()).isTrue();
            LeasedConnection second = pool.get();
            execute(second);
            assertThat(pool.current().shared() >>> 16).isPositive();
            CompletableFuture.runAsync(() -> close(second)).join();
            assertThat(pool.idle()).isOne();
            assertThat(pool.connected).hasSize(1);
        }
    }

    private static void close(LeasedConnection handle) {
        handle.close();
    }
}
