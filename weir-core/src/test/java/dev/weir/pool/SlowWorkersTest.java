package dev.weir.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.budget.BudgetExceededException;
import dev.weir.budget.MemoryBudget;
import dev.weir.event.CloseReason;
import dev.weir.event.EventStream;
import dev.weir.event.PoolEvent;
import dev.weir.pool.ScriptedConnector.Connection;
import dev.weir.time.ManualTicker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The pool while its workers are slow or hang: what is under way when something else happens. */
class SlowWorkersTest {

    private final ManualTicker time = new ManualTicker();
    private final EventStream events = new EventStream();
    private final MemoryBudget budget = MemoryBudget.ofBytes(1_000_000);
    private final StepWorkers workers = new StepWorkers();
    private final PoolEnvironment environment = PoolEnvironment.manual(time, events, budget, workers);
    private final ScriptedConnector connector = new ScriptedConnector();
    private final List<PoolEvent> seen = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // every test opens it
    private Pool<Connection> pool;

    private void open(PoolSettings.Builder settings) {
        events.subscribe(seen::add);
        pool = Pool.open("slow", connector, settings.build(), environment);
    }

    /** A pool with so many idle connections. */
    private void openFilled(PoolSettings.Builder settings, int connections) {
        open(settings.connectsAtOnce(8));
        List<CompletableFuture<Lease<Connection>>> asked = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            asked.add(ask());
        }
        workers.finish();
        asked.forEach(request -> request.join().close());
        workers.finish();
        assertThat(pool.snapshot().idle()).isEqualTo(connections);
    }

    private static PoolSettings.Builder settings() {
        return PoolSettings.shared().toBuilder().min(0);
    }

    private CompletableFuture<Lease<Connection>> ask() {
        return pool.acquireAsync(Duration.ofSeconds(60)).toCompletableFuture();
    }

    private Lease<Connection> acquire() {
        CompletableFuture<Lease<Connection>> request = ask();
        workers.finish();
        return request.join();
    }

    private void pass(Duration step) {
        time.advance(step);
        environment.tick();
    }

    @AfterEach
    void nothingIsLeft() {
        pool.refuse();
        pool.failWaiters();
        pool.abortLeased();
        pool.dispose();
        assertThat(pool.connectionsLeft()).isZero();
        assertThat(budget.grantedBytes()).isZero();
        workers.finish();
        assertThat(connector.open).isEmpty();
        assertThat(connector.endedTwice).hasValue(0);
        assertThat(pool.connectionsLeft()).isZero();
    }

    @Test
    void theIdleTimeoutClosedTheMinimumToo() {
        openFilled(settings().min(2), 5);
        pass(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(130));
        assertThat(pool.snapshot().closing()).isEqualTo(3);
        workers.finish();
        assertThat(pool.snapshot().idle()).isEqualTo(2);
        assertThat(connector.opened).hasValue(5);
    }

    @Test
    void shrinkingTookConnectionsThatWereClosingForExcess() {
        openFilled(settings(), 5);
        Lease<Connection> one = acquire();
        Lease<Connection> two = acquire();
        pass(Duration.ofSeconds(4));
        pool.resize(0, 2);
        assertThat(pool.snapshot().closing()).isEqualTo(3);
        pass(Duration.ofSeconds(1));
        one.close();
        two.close();
        workers.finish();
        assertThat(pool.snapshot().idle()).isEqualTo(2);
    }

    @Test
    void evictionOfAConnectionBeingCheckedEndsIt() {
        openFilled(settings(), 1);
        pass(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(31));
        assertThat(workers.pending()).isEqualTo(1);
        pool.evict(Eviction.SOFT);
        workers.finish();
        assertThat(connector.open).isEmpty();
        assertThat(connector.checked).hasValue(1);
    }

    @Test
    void aCheckThatBeganBeforeTheFailoverIsNotTrusted() {
        openFilled(settings(), 1);
        pass(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(31));
        assertThat(workers.pending()).isEqualTo(1);
        pool.endpointSuspect(new IOException("57P01"));
        workers.finish();
        Lease<Connection> lease = acquire();
        assertThat(connector.checked).hasValue(2);
        lease.close();
    }

    @Test
    void aConnectThatBeganBeforeTheFailoverIsNotTrusted() {
        open(settings());
        CompletableFuture<Lease<Connection>> request = ask();
        pool.endpointSuspect(new IOException("57P01"));
        assertThat(workers.step()).isTrue();
        assertThat(request).isNotDone();
        workers.finish();
        assertThat(connector.checked).hasValue(1);
        assertThat(request).isCompleted();
    }

    @Test
    void aConnectionClaimedWhenThePoolWasAbortedIsEndedOnce() {
        openFilled(settings(), 2);
        Slot<Connection> returned = pool.lease(0);
        Slot<Connection> retired = pool.lease(0);
        assertThat(pool.claim(returned, returned.word())).isTrue();
        assertThat(pool.claim(retired, retired.word())).isTrue();
        pool.refuse();
        pool.abortLeased();
        pool.giveBackClaimed(returned);
        pool.retireClaimed(retired, CloseReason.DIRTY);
        workers.finish();
        pool.giveBackClaimed(returned);
        pool.retireClaimed(retired, CloseReason.DIRTY);
        workers.finish();
        assertThat(pool.connectionsLeft()).isZero();
        assertThat(pool.snapshot().totals().closed()).isEqualTo(2);
    }

    @Test
    void aWordReadAfterThePoolWasAbortedMovesNothing() {
        openFilled(settings(), 1);
        Slot<Connection> slot = pool.lease(0);
        pool.refuse();
        pool.abortLeased();
        long closing = slot.word();
        assertThat(pool.giveBack(slot, closing)).isFalse();
        assertThat(pool.retire(slot, closing, CloseReason.BROKEN)).isFalse();
        workers.finish();
        long vacant = slot.word();
        assertThat(slot.isLeased(vacant)).isFalse();
        assertThat(pool.giveBack(slot, vacant)).isFalse();
        assertThat(pool.claim(slot, vacant)).isFalse();
        assertThat(slot.word()).isEqualTo(vacant);
    }

    @Test
    void aConnectionThatIsDisposedOfWhileIdleOrLeasedIsEnded() {
        openFilled(settings(), 3);
        pool.lease(0);
        pool.dispose();
        assertThat(pool.connectionsLeft()).isZero();
        assertThat(budget.grantedBytes()).isZero();
        assertThat(connector.open).isEmpty();
    }

    @Test
    void aStuckConnectIsAbandonedAndReplaced() {
        open(settings());
        CompletableFuture<Lease<Connection>> request = ask();
        connector.connects.add(() -> {
            // While this hangs, the create timeout passes.
            pass(Duration.ofSeconds(15));
            assertThat(pool.snapshot().totals().connectFailures()).isEqualTo(1);
            assertThat(budget.grantedBytes()).isZero();
            return connector.make();
        });
        workers.finish();
        assertThat(connector.opened).hasValue(1);
        assertThat(connector.open).as("a late connect is ended").isEmpty();
        pass(Duration.ofSeconds(1));
        workers.finish();
        assertThat(request.join().connection().number).isEqualTo(2);
    }

    @Test
    void aConnectAbandonedBeforeAnyWorkerCameToItNeverStarts() {
        open(settings());
        assertThat(ask()).isNotDone();
        pass(Duration.ofSeconds(15));
        workers.finish();
        assertThat(connector.opened).hasValue(0);
        pass(Duration.ofSeconds(1));
        assertThat(pool.snapshot().opening()).as("nothing counts as under way").isEqualTo(1);
    }

    @Test
    void aStuckCheckIsAbandonedAndItsConnectionAborted() {
        openFilled(settings(), 1);
        Connection stuck = connector.open.iterator().next();
        connector.checks.add(() -> {
            pass(Duration.ofSeconds(2));
            assertThat(pool.snapshot().closing()).isEqualTo(1);
            return true;
        });
        pass(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(1));
        CompletableFuture<Lease<Connection>> request = ask();
        workers.finish();
        assertThat(stuck.aborted).isTrue();
        assertThat(request.join().connection().number).isEqualTo(2);
        assertThat(pool.snapshot().totals().checksFailed()).isEqualTo(1);
    }

    @Test
    void aStuckCloseIsAbortedAndItsGrantReturned() {
        openFilled(settings(), 1);
        Connection stuck = connector.open.iterator().next();
        connector.closes.add(() -> {
            pass(Duration.ofSeconds(3));
            assertThat(stuck.aborted).isTrue();
            assertThat(budget.grantedBytes()).isZero();
            assertThat(pool.connectionsLeft()).isZero();
            return true;
        });
        pool.evict(Eviction.SOFT);
        workers.finish();
        assertThat(stuck.aborted).isTrue();
        assertThat(pool.snapshot().totals().closed()).isEqualTo(1);
        assertThat(seen).anyMatch(PoolEvent.CloseFailed.class::isInstance);
    }

    @Test
    void aServerThatIsFullIsBackPressureAndNoFailure() {
        connector.failureKind = ConnectFailure.SERVER_FULL;
        openFilled(settings().max(4).failFastAfter(1), 1);
        Lease<Connection> held = acquire();
        connector.connects.add(() -> {
            throw new IOException("53300: too many connections");
        });
        CompletableFuture<Lease<Connection>> waiting = ask();
        workers.finish();
        assertThat(waiting).isNotDone();
        assertThat(seen).anyMatch(PoolEvent.ServerFull.class::isInstance);
        assertThat(seen).noneMatch(PoolEvent.ConnectFailed.class::isInstance);
        environment.tick();
        assertThat(workers.pending()).as("it lives with what it has").isZero();
        held.close();
        assertThat(waiting).isCompleted();
    }

    @Test
    void aConnectorThatCannotClassifyLosesNoSlot() {
        Connector<Connection> clumsy = new Clumsy(connector);
        events.subscribe(seen::add);
        pool = Pool.open("clumsy", clumsy, settings().max(1).build(), environment);
        connector.connects.add(() -> {
            throw new IOException("refused");
        });
        CompletableFuture<Lease<Connection>> request = ask();
        workers.finish();
        assertThat(pool.connectionsLeft()).isZero();
        pass(Duration.ofSeconds(1));
        workers.finish();
        assertThat(request).isCompleted();
    }

    @Test
    void aSizeDecidedUnderOlderBoundsStaysWithinThePresentOnes() {
        open(settings().max(20).scaling(Scaling.ADAPTIVE));
        pool.resize(1, 5);
        pool.supply().target(20);
        assertThat(pool.snapshot().target()).isEqualTo(5);
        workers.finish();
    }

    @Test
    void settingsThatTheBudgetRefusesAreNotInForce() {
        open(settings());
        assertThatThrownBy(() -> pool.reconfigure(
                        now -> now.toBuilder().max(9).budgetFloor(2_000_000).build()))
                .isInstanceOf(BudgetExceededException.class);
        assertThat(pool.settings().max()).isEqualTo(5);
        assertThat(pool.snapshot().target()).isEqualTo(5);
    }

    @Test
    void anAsynchronousLeaseOutlivesTheThreadThatAsked() throws Exception {
        openFilled(settings().leakThreshold(Duration.ofSeconds(10)).reclaimLeaks(true), 1);
        List<Lease<Connection>> leases = new ArrayList<>();
        Thread asks = new Thread(() -> leases.add(ask().join()));
        asks.start();
        asks.join();
        pass(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(11));
        Lease<Connection> lease = leases.get(0);
        assertThat(lease.isOpen()).isTrue();
        assertThat(lease.connection().aborted).isFalse();
        lease.close();
    }

    @Test
    void aDeadThreadsLeaseIsCertainlyLostOnceReclaimIsSwitchedOn() throws Exception {
        openFilled(settings().leakThreshold(Duration.ofSeconds(10)), 1);
        List<Slot<Connection>> held = new ArrayList<>();
        Thread dies = new Thread(() -> held.add(pool.lease(0)), "careless");
        dies.start();
        dies.join();
        pass(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(11));
        assertThat(seen)
                .filteredOn(PoolEvent.LeakDetected.class::isInstance)
                .extracting(event -> ((PoolEvent.LeakDetected) event).holder())
                .containsExactly("careless");
        pool.reconfigure(now -> now.toBuilder().reclaimLeaks(true).build());
        environment.tick();
        workers.finish();
        assertThat(connector.open).isEmpty();
    }

    /** A connector that throws where it must not. */
    private static final class Clumsy implements Connector<Connection> {
        private final ScriptedConnector able;

        Clumsy(ScriptedConnector able) {
            this.able = able;
        }

        @Override
        public Connection connect() throws Exception {
            return able.connect();
        }

        @Override
        public boolean check(Connection connection, Duration timeout) throws Exception {
            return able.check(connection, timeout);
        }

        @Override
        public void close(Connection connection) throws Exception {
            able.close(connection);
        }

        @Override
        public void abort(Connection connection) {
            able.abort(connection);
        }

        @Override
        public ConnectFailure classify(Throwable failure) {
            throw new IllegalStateException("no idea what " + Objects.requireNonNull(failure) + " is");
        }

        @Override
        public String endpoint() {
            return able.endpoint();
        }
    }
}
