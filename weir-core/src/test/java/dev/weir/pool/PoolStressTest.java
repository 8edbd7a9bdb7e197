package dev.weir.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.budget.MemoryBudget;
import dev.weir.event.CloseReason;
import dev.weir.event.EventStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many real threads on few connections, with everything that can come between; the number of leases is bounded. */
class PoolStressTest {

    private static final int CONNECTIONS = 16;
    private static final long PATIENCE_MINUTES = 5;

    private final MemoryBudget budget = MemoryBudget.ofBytes(CONNECTIONS * 100L);
    private final ScriptedConnector connector = new ScriptedConnector();
    private final AtomicInteger lent = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger twice = new AtomicInteger();
    private final AtomicInteger dead = new AtomicInteger();

    private Pool<ScriptedConnector.Connection> open(int waiters) {
        return Pool.open(
                "stress",
                connector,
                PoolSettings.shared().toBuilder()
                        .min(2)
                        .max(CONNECTIONS)
                        .maxWaiters(waiters)
                        .acquireTimeout(Duration.ofMinutes(PATIENCE_MINUTES))
                        .connectsAtOnce(CONNECTIONS)
                        .build(),
                PoolEnvironment.of(new EventStream(), budget));
    }

    @Test
    void platformThreadsLoseNothing() throws Exception {
        Pool<ScriptedConnector.Connection> pool = open(64);
        ExecutorService threads = Executors.newFixedThreadPool(64);
        run(threads, pool, 64, 300);
        end(pool);
    }

    @Test
    @Tag("virtual-threads")
    void virtualThreadsLoseNothing() throws Exception {
        Pool<ScriptedConnector.Connection> pool = open(10_000);
        ExecutorService threads = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        run(threads, pool, 10_000, 20);
        end(pool);
    }

    private void run(ExecutorService threads, Pool<ScriptedConnector.Connection> pool, int borrowers, int leases)
            throws Exception {
        AtomicReferenceArray<Thread> running = new AtomicReferenceArray<>(borrowers);
        List<Future<Integer>> ends = new ArrayList<>();
        for (int i = 0; i < borrowers; i++) {
            int number = i;
            ends.add(threads.submit((Callable<Integer>) () -> {
                running.set(number, Thread.currentThread());
                Random random = new Random(number);
                int done = 0;
                while (done < leases) {
                    borrow(pool, random);
                    done++;
                    if (random.nextInt(40) == 0) {
                        disturb(pool, random, running);
                    }
                }
                running.set(number, null);
                return done;
            }));
        }
        int tries = 0;
        for (Future<Integer> end : ends) {
            tries += end.get(PATIENCE_MINUTES, TimeUnit.MINUTES);
        }
        threads.shutdown();
        assertThat(tries).isEqualTo(borrowers * leases);
        assertThat(lent.get() + refused.get()).isEqualTo(tries);
    }

    private void borrow(Pool<ScriptedConnector.Connection> pool, Random random) {
        boolean hurried = random.nextInt(10) == 0;
        try {
            Slot<ScriptedConnector.Connection> slot = hurried ? pool.lease(random.nextInt(1_000_000)) : pool.lease();
            long word = slot.word();
            ScriptedConnector.Connection connection = slot.connection();
            if (connection.holders.incrementAndGet() != 1) {
                twice.incrementAndGet();
            }
            if (connection.ended.get() != 0) {
                dead.incrementAndGet();
            }
            lent.incrementAndGet();
            if (random.nextInt(4) == 0) {
                LockSupport.parkNanos(20_000);
            }
            connection.holders.decrementAndGet();
            endLease(pool, slot, word, random);
        } catch (AcquireException failed) {
            refused.incrementAndGet();
            if (failed.reason() == AcquireException.Reason.INTERRUPTED) {
                assertThat(Thread.interrupted()).isTrue();
            }
        }
    }

    private static void endLease(
            Pool<ScriptedConnector.Connection> pool,
            Slot<ScriptedConnector.Connection> slot,
            long word,
            Random random) {
        switch (random.nextInt(50)) {
            case 0 -> pool.retire(slot, word, CloseReason.BROKEN);
            case 1, 2, 3, 4 -> {
                if (pool.claim(slot, word)) {
                    pool.giveBackClaimed(slot);
                }
            }
            default -> pool.giveBack(slot, word);
        }
        // What is over must stay powerless, whoever has the slot by now.
        pool.giveBack(slot, word);
        pool.retire(slot, word, CloseReason.BROKEN);
    }

    private static void disturb(
            Pool<ScriptedConnector.Connection> pool, Random random, AtomicReferenceArray<Thread> running) {
        switch (random.nextInt(12)) {
            case 0 -> pool.evict(Eviction.SOFT);
            case 1 -> pool.endpointSuspect(null);
            case 2 -> pool.resize(2, CONNECTIONS / 2 + random.nextInt(CONNECTIONS / 2 + 1));
            case 3 -> pool.supply().reclaimOne();
            case 4 -> {
                pool.suspend();
                pool.resume();
            }
            default -> {
                Thread other = running.get(random.nextInt(running.length()));
                if (other != null) {
                    other.interrupt();
                }
            }
        }
    }

    private void end(Pool<ScriptedConnector.Connection> pool) {
        assertThat(twice).as("lent to two at once").hasValue(0);
        assertThat(dead).as("lent after their end").hasValue(0);
        assertThat(lent.get()).isPositive();
        assertThat(pool.inUse()).isZero();
        assertThat(pool.snapshot().waiting()).isZero();
        assertThat(pool.gate()).as("nobody waits, nothing is owed").isZero();
        pool.refuse();
        pool.failWaiters();
        await().atMost(Duration.ofMinutes(1)).until(() -> pool.connectionsLeft() == 0);
        pool.dispose();
        assertThat(connector.open).isEmpty();
        assertThat(connector.endedTwice).hasValue(0);
        assertThat(budget.grantedBytes()).isZero();
        assertThat(pool.snapshot().totals().opened()).isEqualTo(connector.opened.get());
        assertThat(pool.snapshot().totals().closed()).isEqualTo(connector.opened.get());
    }
}
