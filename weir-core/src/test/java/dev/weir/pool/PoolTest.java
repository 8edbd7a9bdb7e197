package dev.weir.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.budget.MemoryBudget;
import dev.weir.event.CloseReason;
import dev.weir.event.EventStream;
import dev.weir.event.LeakVerdict;
import dev.weir.event.PoolEvent;
import dev.weir.pool.ScriptedConnector.Connection;
import dev.weir.time.ManualTicker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The pool's behaviour in one thread, with time moved by hand and workers that work at once. */
class PoolTest {

    private final ManualTicker time = new ManualTicker();
    private final EventStream events = new EventStream();
    private final MemoryBudget budget = MemoryBudget.ofBytes(1_000_000);
    private final PoolEnvironment environment = PoolEnvironment.manual(time, events, budget, Runnable::run);
    private final ScriptedConnector connector = new ScriptedConnector();
    private final List<PoolEvent> seen = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // every test opens it
    private Pool<Connection> pool;

    private Pool<Connection> open(PoolSettings settings) {
        events.subscribe(seen::add);
        pool = Pool.open("test", connector, settings, environment);
        return pool;
    }

    private void pass(Duration step) {
        time.advance(step);
        environment.tick();
    }

    @AfterEach
    void everythingIsReturnedAtTheEnd() {
        pool.refuse();
        pool.failWaiters();
        pool.abortLeased();
        pool.dispose();
        assertThat(pool.connectionsLeft()).isZero();
        assertThat(connector.open).isEmpty();
        assertThat(connector.endedTwice).hasValue(0);
        assertThat(budget.grantedBytes()).isZero();
    }

    @Test
    void opensItsMinimumAtOnce() {
        open(PoolSettings.shared().toBuilder().min(3).build());
        assertThat(pool.snapshot().idle()).isEqualTo(3);
        assertThat(budget.grantedBytes()).isEqualTo(300);
    }

    @Test
    void lendsTheSameConnectionAgain() {
        open(PoolSettings.shared());
        Connection first;
        try (Lease<Connection> lease = pool.acquire()) {
            first = lease.connection();
        }
        try (Lease<Connection> lease = pool.acquire()) {
            assertThat(lease.connection()).isSameAs(first);
        }
        assertThat(connector.opened).hasValue(1);
        assertThat(pool.snapshot().totals().leases()).isEqualTo(2);
    }

    @Test
    void whatWasLentBetweenTwoLooksOfTheHousekeeperWasLentOnceAtLeast() {
        open(PoolSettings.shared());
        assertThat(pool.snapshot().totals().peakLeased()).isZero();
        pool.acquire().close();
        assertThat(pool.snapshot().totals().peakLeased()).isEqualTo(1);
    }

    @Test
    void growsToItsMaximumAndThenTimesOut() {
        open(PoolSettings.shared().toBuilder().min(0).max(2).build());
        pool.acquire();
        pool.acquire();
        assertThatThrownBy(() -> pool.acquire(Duration.ZERO))
                .isInstanceOf(AcquireException.class)
                .hasMessageContaining("2 leased, 0 idle, 0 opening of 2");
        assertThat(pool.snapshot().totals().timedOut()).isEqualTo(1);
        assertThat(pool.snapshot().size()).isEqualTo(2);
    }

    @Test
    void aLeaseClosedTwiceGivesAwayNothing() {
        open(PoolSettings.shared());
        Lease<Connection> first = pool.acquire();
        first.close();
        Lease<Connection> second = pool.acquire();
        first.close();
        first.retire(CloseReason.BROKEN);
        assertThat(second.isOpen()).isTrue();
        assertThat(first.isOpen()).isFalse();
        assertThatThrownBy(first::connection).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aRetiredConnectionIsReplaced() {
        open(PoolSettings.shared());
        Lease<Connection> lease = pool.acquire();
        Connection broken = lease.connection();
        lease.retire(CloseReason.BROKEN);
        assertThat(broken.aborted).isTrue();
        assertThat(pool.acquire().connection()).isNotSameAs(broken);
    }

    @Test
    void aWaiterIsServedByAReturn() throws Exception {
        open(PoolSettings.shared().toBuilder().max(1).build());
        Lease<Connection> held = pool.acquire();
        CompletableFuture<Lease<Connection>> waiting =
                pool.acquireAsync(Duration.ofSeconds(1)).toCompletableFuture();
        assertThat(waiting).isNotDone();
        held.close();
        assertThat(waiting.get().isOpen()).isTrue();
    }

    @Test
    void aCancelledRequestLeavesTheQueue() {
        open(PoolSettings.shared().toBuilder().max(1).build());
        Lease<Connection> held = pool.acquire();
        CompletableFuture<Lease<Connection>> waiting =
                pool.acquireAsync(Duration.ofSeconds(1)).toCompletableFuture();
        waiting.cancel(false);
        assertThat(pool.snapshot().waiting()).isZero();
        held.close();
        assertThat(pool.snapshot().idle()).isEqualTo(1);
    }

    @Test
    void aLeaseThatNobodyTookIsNotCounted() {
        open(PoolSettings.shared().toBuilder().max(1).build());
        Lease<Connection> first = pool.acquire();
        CompletableFuture<Lease<Connection>> request =
                pool.acquireAsync(Duration.ofSeconds(1)).toCompletableFuture();
        request.complete(first);
        first.close();
        assertThat(pool.snapshot().idle()).isEqualTo(1);
        assertThat(pool.snapshot().totals().leases()).isEqualTo(1);
    }

    @Test
    void anAsynchronousRequestExpires() {
        open(PoolSettings.shared().toBuilder().max(1).build());
        pool.acquire();
        CompletableFuture<Lease<Connection>> waiting =
                pool.acquireAsync(Duration.ofSeconds(1)).toCompletableFuture();
        pass(Duration.ofMillis(999));
        assertThat(waiting).isNotDone();
        pass(Duration.ofMillis(1));
        assertThat(waiting).isCompletedExceptionally();
    }

    @Test
    void aFullQueueRejectsTheOldest() {
        open(PoolSettings.shared().toBuilder().max(1).maxWaiters(2).build());
        pool.acquire();
        List<CompletableFuture<Lease<Connection>>> waiting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            waiting.add(pool.acquireAsync(Duration.ofSeconds(5)).toCompletableFuture());
        }
        assertThat(waiting.get(0))
                .isCompletedExceptionally()
                .failsWithin(Duration.ofSeconds(1))
                .withThrowableThat()
                .withMessageContaining("Connection queue full - request rejected");
        assertThat(waiting.get(1)).isNotDone();
        assertThat(waiting.get(2)).isNotDone();
        assertThat(pool.snapshot().totals().rejected()).isEqualTo(1);
    }

    @Test
    void aFullQueueCanRejectTheNewest() {
        open(PoolSettings.shared().toBuilder()
                .max(1)
                .maxWaiters(1)
                .queuePolicy(QueuePolicy.REJECT_NEWEST)
                .build());
        pool.acquire();
        CompletableFuture<Lease<Connection>> first =
                pool.acquireAsync(Duration.ofSeconds(5)).toCompletableFuture();
        assertThat(pool.acquireAsync(Duration.ofSeconds(5)).toCompletableFuture())
                .isCompletedExceptionally();
        assertThat(first).isNotDone();
    }

    @Test
    void aQueueOverItsDelayTargetShedsWhoWaitedLongest() {
        open(PoolSettings.shared().toBuilder()
                .max(1)
                .queuePolicy(QueuePolicy.DELAY_TARGET)
                .delayTarget(Duration.ofMillis(50))
                .delayInterval(Duration.ofMillis(500))
                .build());
        pool.acquire();
        CompletableFuture<Lease<Connection>> first =
                pool.acquireAsync(Duration.ofSeconds(60)).toCompletableFuture();
        time.advance(Duration.ofMillis(100));
        pool.acquireAsync(Duration.ofSeconds(60));
        assertThat(first).isNotDone();
        time.advance(Duration.ofMillis(500));
        CompletableFuture<Lease<Connection>> last =
                pool.acquireAsync(Duration.ofSeconds(60)).toCompletableFuture();
        assertThat(first).isCompletedExceptionally();
        assertThat(last).isNotDone();
    }

    @Test
    void aConnectionThatRestedIsCheckedBeforeItIsLent() {
        open(PoolSettings.shared());
        pass(Duration.ofMillis(1));
        pass(Duration.ofMillis(600));
        connector.open.forEach(connection -> connection.fit = false);
        try (Lease<Connection> lease = pool.acquire()) {
            assertThat(lease.connection().number).isEqualTo(2);
        }
        assertThat(pool.snapshot().totals().checksFailed()).isEqualTo(1);
    }

    @Test
    void idleConnectionsBeyondTheMinimumGo() {
        open(PoolSettings.shared());
        Lease<Connection> one = pool.acquire();
        Lease<Connection> two = pool.acquire();
        one.close();
        two.close();
        pass(Duration.ofSeconds(5));
        assertThat(pool.snapshot().idle()).isEqualTo(2);
        pass(Duration.ofSeconds(125));
        assertThat(pool.snapshot().idle()).isEqualTo(1);
    }

    @Test
    void anOldConnectionIsReplacedEvenWhileItIsLent() {
        open(PoolSettings.shared());
        Lease<Connection> lease = pool.acquire();
        pass(Duration.ofMinutes(31));
        Connection old = lease.connection();
        assertThat(old.ended).hasValue(0);
        lease.close();
        assertThat(old.ended).hasValue(1);
        assertThat(pool.snapshot().idle()).isEqualTo(1);
    }

    @Test
    void afterSomeFailuresInARowWaitersGetTheCause() {
        for (int i = 0; i < 3; i++) {
            connector.connects.add(() -> {
                throw new IOException("refused");
            });
        }
        open(PoolSettings.shared().toBuilder().min(0).failFastAfter(3).build());
        CompletableFuture<Lease<Connection>> waiting =
                pool.acquireAsync(Duration.ofSeconds(15)).toCompletableFuture();
        pass(Duration.ofSeconds(1));
        assertThat(waiting).isNotDone();
        pass(Duration.ofSeconds(1));
        assertThat(waiting)
                .failsWithin(Duration.ofSeconds(1))
                .withThrowableThat()
                .withMessageContaining("refused");
        pass(Duration.ofSeconds(1));
        assertThat(pool.acquire().isOpen()).isTrue();
    }

    @Test
    void aSuspendedPoolHoldsRequestsBack() {
        open(PoolSettings.shared());
        pool.suspend();
        CompletableFuture<Lease<Connection>> waiting =
                pool.acquireAsync(Duration.ofSeconds(5)).toCompletableFuture();
        assertThat(waiting).isNotDone();
        pool.resume();
        assertThat(waiting).isCompleted();
    }

    @Test
    void aLowerMaximumTakesEffectAsConnectionsReturn() {
        open(PoolSettings.shared());
        List<Lease<Connection>> leases = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            leases.add(pool.acquire());
        }
        pool.resize(1, 2);
        assertThat(pool.snapshot().leased()).isEqualTo(5);
        leases.forEach(Lease::close);
        assertThat(pool.snapshot().size()).isEqualTo(2);
        assertThat(seen)
                .anyMatch(event -> event instanceof PoolEvent.SettingsChanged changed
                        && changed.changes().contains("max: 5 -> 2"));
    }

    @Test
    void softEvictionWaitsForTheHolderAndHardDoesNot() {
        open(PoolSettings.shared());
        Lease<Connection> lease = pool.acquire();
        Connection connection = lease.connection();
        pool.evict(Eviction.SOFT);
        assertThat(connection.aborted).isFalse();
        pool.evict(Eviction.HARD);
        assertThat(connection.aborted).isTrue();
        lease.close();
        assertThat(pool.acquire().connection()).isNotSameAs(connection);
    }

    @Test
    void aFailoverSignalMakesEveryOlderConnectionOfTheEndpointSuspect() {
        open(PoolSettings.shared());
        Pool<Connection> neighbour = Pool.open("neighbour", connector, PoolSettings.shared(), environment);
        Lease<Connection> lease = neighbour.acquire();
        pool.endpointSuspect(new IOException("57P01"));
        connector.open.forEach(connection -> connection.fit = false);
        lease.close();
        assertThat(neighbour.acquire().connection().number).isGreaterThan(2);
        assertThat(pool.acquire().connection().number).isGreaterThan(2);
        neighbour.refuse();
        neighbour.abortLeased();
        neighbour.failWaiters();
        neighbour.dispose();
    }

    @Test
    void aLostHandleIsACertainLeakAndCanBeTakenBack() {
        open(PoolSettings.shared().toBuilder()
                .max(1)
                .leakThreshold(Duration.ofSeconds(10))
                .reclaimLeaks(true)
                .build());
        loseALease();
        pass(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(11));
        await().until(() -> {
            System.gc();
            environment.tick();
            return pool.snapshot().leased() == 0;
        });
        assertThat(pool.acquire().isOpen()).isTrue();
        assertThat(seen)
                .filteredOn(PoolEvent.LeakDetected.class::isInstance)
                .extracting(event -> ((PoolEvent.LeakDetected) event).stack().get(0))
                .allMatch(frame -> frame.contains("loseALease"));
    }

    @Test
    void aLeaseWithoutAHandleIsNotJudgedByTheHandleBeforeIt() {
        open(PoolSettings.shared().toBuilder()
                .max(1)
                .leakThreshold(Duration.ofSeconds(10))
                .reclaimLeaks(true)
                .build());
        pool.acquire().close();
        Slot<Connection> slot = pool.lease();
        pass(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(11));
        System.gc();
        pass(Duration.ofSeconds(1));
        assertThat(slot.isLeased(slot.word())).isTrue();
        assertThat(seen)
                .filteredOn(PoolEvent.LeakDetected.class::isInstance)
                .extracting(event -> ((PoolEvent.LeakDetected) event).verdict())
                .containsExactly(LeakVerdict.LIKELY);
        pool.giveBack(slot, slot.word());
    }

    private void loseALease() {
        pool.acquire();
    }

    @Test
    void saysSoWhenEveryHolderWaitsForAnother() {
        open(PoolSettings.shared().toBuilder().max(1).build());
        pool.acquire();
        pool.acquireAsync(Duration.ofSeconds(1));
        assertThat(seen).anyMatch(PoolEvent.DeadlockDetected.class::isInstance);
    }

    @Test
    void refusesOnceItIsShut() {
        open(PoolSettings.shared());
        pool.refuse();
        pool.failWaiters();
        assertThatThrownBy(() -> pool.acquire())
                .isInstanceOfSatisfying(
                        AcquireException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(AcquireException.Reason.SHUT_DOWN));
    }

    @Test
    void adaptsItsSizeToTheLoad() {
        open(PoolSettings.performance());
        for (int i = 0; i < 30; i++) {
            pool.acquireAsync(Duration.ofHours(1));
        }
        assertThat(pool.snapshot().target()).isEqualTo(2);
        pass(Duration.ofSeconds(1));
        assertThat(pool.snapshot().target()).isEqualTo(3);
        assertThat(seen).anyMatch(PoolEvent.Scaled.class::isInstance);
    }
}
