package dev.weir.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.budget.MemoryBudget;
import dev.weir.event.EventStream;
import dev.weir.event.LeakVerdict;
import dev.weir.event.PoolEvent;
import dev.weir.pool.ScriptedConnector.Connection;
import dev.weir.time.ManualTicker;
import dev.weir.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The small parts of the engine, each by itself. */
class PartsTest {

    private static final long MILLI = 1_000_000;

    private final ManualTicker time = new ManualTicker();
    private final EventStream events = new EventStream();
    private final MemoryBudget budget = MemoryBudget.unlimited();
    private final List<PoolEvent> seen = new ArrayList<>();

    // Delay target

    @Test
    void aBurstIsNoOverload() {
        DelayTarget target = new DelayTarget();
        assertThat(target.isOverloaded(0, 60 * MILLI, 50 * MILLI, 500 * MILLI)).isFalse();
        assertThat(target.isOverloaded(400 * MILLI, 60 * MILLI, 50 * MILLI, 500 * MILLI))
                .isFalse();
        assertThat(target.isOverloaded(450 * MILLI, 50 * MILLI, 50 * MILLI, 500 * MILLI))
                .as("back at the target")
                .isFalse();
        assertThat(target.isOverloaded(600 * MILLI, 60 * MILLI, 50 * MILLI, 500 * MILLI))
                .as("a new interval")
                .isFalse();
        assertThat(target.isOverloaded(1100 * MILLI, 60 * MILLI, 50 * MILLI, 500 * MILLI))
                .isTrue();
        target.calm();
        assertThat(target.isOverloaded(1200 * MILLI, 60 * MILLI, 50 * MILLI, 500 * MILLI))
                .isFalse();
    }

    // Spread

    @Test
    void theSpreadFollowsTheUseAndComesBack() {
        try (Opened pool = open(new ScriptedConnector(), PoolSettings.shared())) {
            Spread spread = new Spread();
            int width = pass(spread, pool.pool, 1, 8);
            assertThat(width).isEqualTo(2);
            pool.pool.spreadOver(width);
            width = pass(spread, pool.pool, 7, 8);
            assertThat(width).isEqualTo(4);
            pool.pool.spreadOver(width);
            assertThat(pass(spread, pool.pool, 6, 3))
                    .as("no wider than the slots")
                    .isEqualTo(2);
            for (int quiet = 0; quiet < 15; quiet++) {
                assertThat(pass(spread, pool.pool, 0, 8)).isEqualTo(4);
            }
            assertThat(pass(spread, pool.pool, 0, 8)).isEqualTo(2);
        }
    }

    private static int pass(Spread spread, Pool<?> pool, int used, int slots) {
        spread.startPass(pool);
        spread.used(used);
        return spread.endPass(slots);
    }

    // Endpoint

    @Test
    void poolsToOneServerConnectTogetherAtMostSoManyAtOnce() {
        StepWorkers workers = new StepWorkers();
        PoolEnvironment environment = PoolEnvironment.manual(time, events, budget, workers);
        PoolSettings settings =
                PoolSettings.shared().toBuilder().min(0).connectsAtOnce(2).build();
        Pool<Connection> one = Pool.open("one", new ScriptedConnector(), settings, environment);
        Pool<Connection> two = Pool.open("two", new ScriptedConnector(), settings, environment);
        List<Pool<Connection>> pools = List.of(one, two);
        for (int i = 0; i < 4; i++) {
            for (Pool<Connection> pool : pools) {
                pool.acquireAsync(Duration.ofMinutes(1));
            }
        }
        int most = 0;
        do {
            int underWay = one.snapshot().opening() + two.snapshot().opening();
            most = Math.max(most, underWay);
            assertThat(underWay).isLessThanOrEqualTo(2);
        } while (workers.step());
        assertThat(most).isEqualTo(2);
        assertThat(one.inUse()).as("nobody was forgotten").isEqualTo(4);
        assertThat(two.inUse()).isEqualTo(4);
        pools.forEach(Pool::dispose);
        workers.finish();
    }

    @Test
    void connectsThatHangWithoutEndStopMoreFromStarting() {
        StepWorkers workers = new StepWorkers();
        PoolEnvironment environment = PoolEnvironment.manual(time, events, budget, workers);
        Pool<Connection> pool = Pool.open(
                "hangs",
                new ScriptedConnector(),
                PoolSettings.shared().toBuilder().connectsAtOnce(1).build(),
                environment);
        for (int pass = 0; pass < 100; pass++) {
            time.advance(Duration.ofSeconds(15));
            environment.tick();
        }
        assertThat(workers.pending()).as("four given up").isEqualTo(4);
        assertThat(workers.step()).as("one of them ends at last").isTrue();
        environment.tick();
        assertThat(workers.pending()).as("and lets one more begin").isEqualTo(4);
        pool.dispose();
        workers.finish();
        assertThat(pool.connectionsLeft()).isZero();
    }

    // Workers

    @Test
    void workersAreBoundedAndDoEverything() throws Exception {
        Workers workers = new Workers();
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(500);
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 500; i++) {
            workers.execute(() -> {
                threads.add(Thread.currentThread());
                try {
                    gate.await();
                } catch (InterruptedException unexpected) {
                    throw new IllegalStateException(unexpected);
                }
                done.countDown();
            });
        }
        assertThat(workers.threads()).isEqualTo(Workers.MAX_THREADS);
        gate.countDown();
        assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(threads).hasSizeLessThanOrEqualTo(Workers.MAX_THREADS).allMatch(Thread::isDaemon);
        workers.dismissIdle();
        await().until(() -> workers.threads() == 0);
    }

    @Test
    void anInterruptOfOneTaskDoesNotReachTheNext() throws Exception {
        Workers workers = new Workers();
        AtomicBoolean stray = new AtomicBoolean();
        CountDownLatch done = new CountDownLatch(1);
        workers.execute(() -> {
            Thread worker = Thread.currentThread();
            // Behind this task, on the same thread if it is free first.
            workers.execute(() -> {
                stray.compareAndSet(false, Thread.currentThread().isInterrupted());
                done.countDown();
            });
            worker.interrupt();
        });
        assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
        CountDownLatch idle = new CountDownLatch(64);
        for (int i = 0; i < 64; i++) {
            workers.execute(() -> {
                stray.compareAndSet(false, Thread.currentThread().isInterrupted());
                idle.countDown();
            });
        }
        assertThat(idle.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(stray).isFalse();
        workers.dismissIdle();
    }

    @Test
    void aTaskThatThrowsDoesNotEndItsWorkersCare() throws Exception {
        Workers workers = new Workers();
        CountDownLatch done = new CountDownLatch(100);
        for (int i = 0; i < 100; i++) {
            workers.execute(() -> {
                done.countDown();
                throw new IllegalStateException("scripted");
            });
        }
        assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
        workers.dismissIdle();
        await().dontCatchUncaughtExceptions().until(() -> workers.threads() == 0);
    }

    // Housekeeper

    @Test
    void theHousekeeperLivesAsLongAsAPoolAndComesWhenAsked() {
        AtomicInteger left = new AtomicInteger();
        Housekeeper housekeeper = new Housekeeper(Ticker.system(), true, left::incrementAndGet);
        AtomicInteger passes = new AtomicInteger();
        AtomicInteger troubled = new AtomicInteger();
        Housekeeper.Chores chores = now -> passes.incrementAndGet();
        Housekeeper.Chores trouble = now -> {
            troubled.incrementAndGet();
            throw new OutOfMemoryError("scripted");
        };
        housekeeper.add(trouble);
        housekeeper.add(chores);
        await().dontCatchUncaughtExceptions().until(() -> passes.get() >= 3 && troubled.get() >= 3);
        housekeeper.remove(trouble);
        assertThat(left).hasValue(0);
        housekeeper.remove(chores);
        assertThat(left).hasValue(1);
        await().until(() -> housekeeperThreads() == 0);
        housekeeper.add(chores);
        int before = passes.get();
        await().until(() -> passes.get() > before);
        housekeeper.remove(chores);
    }

    @Test
    void anEarlierPassCanBeAskedForAndALaterOneChangesNothing() {
        Housekeeper housekeeper = new Housekeeper(time, true, () -> {});
        AtomicInteger passes = new AtomicInteger();
        Housekeeper.Chores chores = now -> passes.incrementAndGet();
        housekeeper.add(chores);
        await().until(() -> passes.get() == 1 && time.parkedThreads() == 1);
        housekeeper.wakeBy(time.nanos() + 10 * MILLI);
        housekeeper.wakeBy(time.nanos() + 200 * MILLI);
        time.advance(Duration.ofMillis(10));
        await().until(() -> passes.get() == 2);
        time.advance(Housekeeper.INTERVAL);
        await().until(() -> passes.get() == 3);
        housekeeper.remove(chores);
        await().until(() -> time.parkedThreads() == 0);
    }

    private static long housekeeperThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("weir-housekeeper"))
                .count();
    }

    // Care

    @Test
    void lifetimesAreJitteredWithinTheirShare() {
        StepWorkers workers = new StepWorkers();
        PoolEnvironment environment = PoolEnvironment.manual(time, events, budget, workers);
        Pool<Connection> pool = Pool.open(
                "jitter",
                new ScriptedConnector(),
                PoolSettings.shared().toBuilder()
                        .min(50)
                        .max(50)
                        .connectsAtOnce(64)
                        .idleTimeout(Duration.ZERO)
                        .maxLifetime(Duration.ofSeconds(1000))
                        .lifetimeJitter(0.2)
                        .build(),
                environment);
        workers.finish();
        Set<Long> ages = ConcurrentHashMap.newKeySet();
        for (Slot<Connection> slot : pool.slots()) {
            ages.add(slot.retireAt - slot.openedAt);
        }
        assertThat(ages).hasSizeGreaterThan(40).allMatch(age -> age > 800_000 * MILLI && age <= 1_000_000 * MILLI);
        pool.dispose();
    }

    @Test
    void healthChecksDoNotKeepIdleConnectionsAlive() {
        ScriptedConnector connector = new ScriptedConnector();
        try (Opened opened =
                open(connector, PoolSettings.shared().toBuilder().min(0).build())) {
            opened.pool.acquire().close();
            for (int second = 0; second < 119; second += 7) {
                opened.pass(Duration.ofSeconds(7));
            }
            assertThat(connector.checked.get()).isGreaterThanOrEqualTo(3);
            assertThat(connector.open).hasSize(1);
            opened.pass(Duration.ofSeconds(14));
            assertThat(connector.open).isEmpty();
        }
    }

    @Test
    void aLeaseAtWorkIsSlowAndThenLikelyLostAndTellsWhenItReturns() {
        ScriptedConnector connector = new ScriptedConnector();
        events.subscribe(seen::add);
        try (Opened opened = open(
                connector,
                PoolSettings.shared().toBuilder()
                        .leakThreshold(Duration.ofSeconds(10))
                        .reclaimLeaks(true)
                        .build())) {
            Lease<Connection> lease = opened.pool.acquire();
            lease.connection().busy = true;
            opened.pass(Duration.ofSeconds(1));
            opened.pass(Duration.ofSeconds(9));
            assertThat(verdicts()).isEmpty();
            opened.pass(Duration.ofSeconds(1));
            assertThat(verdicts()).containsExactly(LeakVerdict.SLOW);
            assertThat(opened.pool.snapshot().totals().leaks()).isZero();
            lease.connection().busy = false;
            opened.pass(Duration.ofSeconds(1));
            opened.pass(Duration.ofSeconds(1));
            assertThat(verdicts()).containsExactly(LeakVerdict.SLOW, LeakVerdict.LIKELY);
            assertThat(opened.pool.snapshot().totals().leaks()).isEqualTo(1);
            assertThat(lease.isOpen()).as("only certainty takes it back").isTrue();
            lease.close();
            assertThat(seen)
                    .filteredOn(PoolEvent.LeakReturned.class::isInstance)
                    .hasSize(1);
        }
    }

    private List<LeakVerdict> verdicts() {
        return seen.stream()
                .filter(PoolEvent.LeakDetected.class::isInstance)
                .map(event -> ((PoolEvent.LeakDetected) event).verdict())
                .toList();
    }

    private Opened open(ScriptedConnector connector, PoolSettings settings) {
        PoolEnvironment environment = PoolEnvironment.manual(time, events, budget, Runnable::run);
        return new Opened(Pool.open("part", connector, settings, environment), environment);
    }

    /** A pool that is ended with its test. */
    private final class Opened implements AutoCloseable {
        final Pool<Connection> pool;
        private final PoolEnvironment environment;

        Opened(Pool<Connection> pool, PoolEnvironment environment) {
            this.pool = pool;
            this.environment = environment;
        }

        void pass(Duration step) {
            time.advance(step);
            environment.tick();
        }

        @Override
        public void close() {
            pool.dispose();
            assertThat(pool.connectionsLeft()).isZero();
        }
    }
}
