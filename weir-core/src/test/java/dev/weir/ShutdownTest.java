package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.budget.MemoryBudget;
import dev.weir.event.EventStream;
import dev.weir.event.PoolEvent;
import dev.weir.monitor.BuiltInRules;
import dev.weir.pool.PoolEnvironment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ShutdownTest {

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final EventStream events = new EventStream();
    private final MemoryBudget budget = MemoryBudget.ofBytes(1000);
    private final ConnectionPoolManager manager = ConnectionPoolManager.on(
            PoolEnvironment.manual(new HurryingTicker(), events, budget, Runnable::run), BuiltInRules.all());
    private final List<String> log = new ArrayList<>();

    @Test
    void aGoodEndLeavesNothing() {
        FakePool pool = add(new FakePool("a", log, 2, FakePool.Holders.RETURN_WHEN_LOOKED_AT));
        pool.figures.waiting = 3;
        manager.addListener(event -> {});
        ShutdownReport report = manager.shutdown(DEADLINE);
        assertThat(log).containsExactly("a refuse", "a fail-waiters", "a drained", "a dispose");
        assertThat(report.connectionsLeft()).isZero();
        assertThat(report.bytesLeft()).isZero();
        assertThat(report.listenersLeft()).isZero();
        assertThat(report.aborted()).isZero();
        assertThat(report.abandoned()).isZero();
        assertThat(report.waitersFailed()).isEqualTo(3);
        assertThat(report.failures()).isEmpty();
        assertThat(report.drainMs()).isLessThan(DEADLINE.toMillis());
        assertThat(report.pools())
                .singleElement()
                .satisfies(one -> assertThat(one.pool()).isEqualTo("a"));
        assertThat(events.listeners()).isZero();
        assertThat(manager.pools()).isEmpty();
        assertThat(manager.histories("a")).isEmpty();
    }

    @Test
    void whoDoesNotReturnIsCancelled() {
        add(new FakePool("a", log, 2, FakePool.Holders.RETURN_WHEN_CANCELLED));
        ShutdownReport report = manager.shutdown(DEADLINE);
        assertThat(log).containsExactly("a refuse", "a fail-waiters", "a cancel", "a dispose");
        assertThat(report.cancelled()).isEqualTo(2);
        assertThat(report.aborted()).isZero();
        assertThat(report.connectionsLeft()).isZero();
        assertThat(report.drainMs()).isEqualTo(6000);
    }

    @Test
    void whoDoesNotStopIsAborted() {
        add(new FakePool("a", log, 2, FakePool.Holders.NEVER_RETURN));
        ShutdownReport report = manager.shutdown(DEADLINE);
        assertThat(log).containsExactly("a refuse", "a fail-waiters", "a cancel", "a abort", "a dispose");
        assertThat(report.aborted()).isEqualTo(2);
        assertThat(report.isClean()).isFalse();
        assertThat(report.connectionsLeft()).isZero();
        assertThat(report.deadlineMet()).isTrue();
    }

    @Test
    void aDeadlineOfZeroAbortsAtOnce() {
        add(new FakePool("a", log, 2, FakePool.Holders.NEVER_RETURN));
        ShutdownReport report = manager.shutdown(Duration.ZERO);
        assertThat(report.aborted()).isEqualTo(2);
        assertThat(report.totalMs()).isZero();
    }

    @Test
    void whatNeverClosesIsToldHonestly() {
        add(new FakePool("a", log, 1, FakePool.Holders.RETURN_WHEN_LOOKED_AT, FakePool.Fault.CLOSES_NEVER_END));
        ShutdownReport report = manager.shutdown(DEADLINE);
        assertThat(report.abandoned()).isEqualTo(2);
        assertThat(report.connectionsLeft()).isEqualTo(2);
        assertThat(report.isClean()).isFalse();
    }

    @Test
    void oneThatThrowsDoesNotKeepTheOthers() {
        add(new FakePool(
                "bad",
                log,
                1,
                FakePool.Holders.NEVER_RETURN,
                FakePool.Fault.REFUSE_THROWS,
                FakePool.Fault.CANCEL_THROWS,
                FakePool.Fault.ABORT_THROWS));
        add(new FakePool("good", log, 1, FakePool.Holders.RETURN_WHEN_LOOKED_AT));
        ShutdownReport report = manager.shutdown(DEADLINE);
        assertThat(log).contains("bad dispose", "good drained", "good dispose");
        assertThat(report.failures())
                .hasSize(3)
                .allSatisfy(text -> assertThat(text).contains("bad").contains("on purpose"));
        assertThat(report.connectionsLeft()).isEqualTo(1);
        assertThat(report.toString()).contains("failed: refuse bad");
    }

    @Test
    void dependentsDrainBeforeWhatTheyDependOnRefuses() {
        manager.register(new FakePool("db", log, 1, FakePool.Holders.RETURN_WHEN_LOOKED_AT));
        manager.register(new FakePool("orders", log, 1, FakePool.Holders.RETURN_WHEN_LOOKED_AT), "db");
        manager.register(new FakePool("other", log, 1, FakePool.Holders.RETURN_WHEN_LOOKED_AT));
        ShutdownReport report = manager.shutdown(DEADLINE);
        assertThat(log.indexOf("orders drained")).isLessThan(log.indexOf("db refuse"));
        assertThat(log.indexOf("other refuse")).as("registered later").isLessThan(log.indexOf("db refuse"));
        assertThat(report.pools()).extracting(ShutdownReport.PoolEnd::pool).containsExactly("orders", "other", "db");
    }

    @Test
    void onePoolThatNeverDrainsLeavesTimeForTheOthers() {
        manager.register(new FakePool("db", log, 1, FakePool.Holders.RETURN_WHEN_LOOKED_AT));
        manager.register(new FakePool("stuck", log, 1, FakePool.Holders.NEVER_RETURN), "db");
        ShutdownReport report = manager.shutdown(DEADLINE);
        assertThat(log).contains("db drained", "stuck abort").doesNotContain("db cancel");
        assertThat(report.pools().get(0).drainMs())
                .isGreaterThanOrEqualTo(report.pools().get(1).drainMs());
        assertThat(report.connectionsLeft()).isZero();
    }

    @Test
    void aSecondShutdownReturnsTheFirstReport() {
        add(FakePool.idle("a"));
        ShutdownReport first = manager.shutdown(DEADLINE);
        assertThat(manager.shutdown(Duration.ZERO)).isSameAs(first);
        manager.close();
        assertThat(manager.isShutDown()).isTrue();
    }

    @Test
    void concurrentShutdownsShareOneReport() throws Exception {
        add(new FakePool("a", log, 1, FakePool.Holders.RETURN_WHEN_LOOKED_AT));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            CountDownLatch together = new CountDownLatch(4);
            List<Future<ShutdownReport>> reports = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                reports.add(threads.submit(() -> {
                    together.countDown();
                    together.await();
                    return manager.shutdown(DEADLINE);
                }));
            }
            ShutdownReport one = reports.get(0).get();
            for (Future<ShutdownReport> other : reports) {
                assertThat(other.get()).isSameAs(one);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(log).containsOnlyOnce("a dispose");
    }

    @Test
    void aListenerThatShutsDownAgainIsToldSoInsteadOfWaitingForItself() {
        add(FakePool.idle("a"));
        List<String> told = new ArrayList<>();
        manager.addListener(event -> {
            if (event instanceof PoolEvent.ShutdownPhase) {
                assertThatThrownBy(() -> manager.shutdown(DEADLINE)).isInstanceOf(IllegalStateException.class);
                told.add("told");
            }
        });
        assertThat(manager.shutdown(DEADLINE).connectionsLeft()).isZero();
        assertThat(told).isNotEmpty();
        assertThat(events.listenerFailures()).isZero();
    }

    @Test
    void anInterruptIsKeptAndChangesNothing() {
        add(new FakePool("a", log, 1, FakePool.Holders.RETURN_WHEN_LOOKED_AT));
        Thread.currentThread().interrupt();
        ShutdownReport report = manager.shutdown(DEADLINE);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.aborted()).isZero();
    }

    @Test
    void phasesAreEvents() {
        add(new FakePool("a", log, 1, FakePool.Holders.NEVER_RETURN));
        List<String> phases = new ArrayList<>();
        manager.addListener(event -> {
            if (event instanceof PoolEvent.ShutdownPhase phase) {
                phases.add(phase.phase());
            }
        });
        manager.shutdown(DEADLINE);
        assertThat(phases).containsExactly("refuse", "fail-waiters", "drain", "cancel", "abort", "dispose");
    }

    @Test
    void bytesThatNobodyReleasedAreLeft() {
        add(FakePool.idle("a"));
        assertThat(budget.open("lost", 0, 1, 100, new NoReclaimer()).tryGrant(7))
                .isTrue();
        assertThat(manager.shutdown(DEADLINE).bytesLeft()).isEqualTo(7);
    }

    private FakePool add(FakePool pool) {
        manager.register(pool);
        return pool;
    }
}
