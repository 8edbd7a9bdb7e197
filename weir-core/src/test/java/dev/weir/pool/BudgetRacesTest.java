package dev.weir.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.budget.MemoryBudget;
import dev.weir.event.EventStream;
import dev.weir.pool.ScriptedConnector.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Connects that succeed and fail, timeouts, reclaims and ends of pools, all at once, on one budget. */
class BudgetRacesTest {

    private static final int BORROWERS = 8;
    private static final int POOLS = 3;
    private static final int ROUNDS = 8;
    private static final int LEASES = 150;
    private static final long BYTES = 100;

    private final MemoryBudget budget = MemoryBudget.ofBytes(5 * BYTES);
    private final PoolEnvironment environment = PoolEnvironment.of(new EventStream(), budget);
    private final ScriptedConnector connector = new ScriptedConnector();
    private final AtomicLong most = new AtomicLong();

    @Test
    void nothingOfTheBudgetLeaksHoweverTheyRace() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(BORROWERS + 1);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                List<Pool<Connection>> pools = open(round);
                AtomicBoolean over = new AtomicBoolean();
                Future<?> script = threads.submit(() -> spoilConnects(over));
                List<Future<?>> borrowers = new ArrayList<>();
                for (int i = 0; i < BORROWERS; i++) {
                    borrowers.add(threads.submit(() -> borrow(pools)));
                }
                // In the midst of it.
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> pools.get(0).snapshot().totals().leases() > LEASES / 2
                                || borrowers.stream().allMatch(Future::isDone));
                end(pools.get(0));
                for (Future<?> borrower : borrowers) {
                    borrower.get();
                }
                over.set(true);
                script.get();
                pools.forEach(BudgetRacesTest::end);
                await().atMost(Duration.ofSeconds(30)).until(() -> budget.grantedBytes() == 0);
                assertThat(budget.accounts()).isEmpty();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(most.get()).isPositive().isLessThanOrEqualTo(budget.limitBytes());
        assertThat(budget.reclaimerFailures()).isZero();
        connector.connects.clear();
        await().atMost(Duration.ofSeconds(30)).until(connector.open::isEmpty);
        assertThat(connector.endedTwice).hasValue(0);
    }

    private List<Pool<Connection>> open(int round) {
        List<Pool<Connection>> pools = new ArrayList<>();
        for (int i = 0; i < POOLS; i++) {
            PoolSettings settings = PoolSettings.shared().toBuilder()
                    .min(i % 2)
                    .max(4)
                    .budgetFloor(i == 0 ? BYTES : 0)
                    .acquireTimeout(Duration.ofMillis(20))
                    .createTimeout(Duration.ofMillis(300))
                    .connectPause(Duration.ofMillis(1))
                    .connectPauseMax(Duration.ofMillis(2))
                    .failFastAfter(0)
                    .build();
            pools.add(Pool.open("race" + round + "-" + i, connector, settings, environment));
        }
        return pools;
    }

    private void spoilConnects(AtomicBoolean over) {
        while (!over.get()) {
            if (connector.connects.size() < 2) {
                connector.connects.add(() -> {
                    throw new IOException("on purpose");
                });
                connector.connects.add(connector::make);
            }
            most.accumulateAndGet(budget.grantedBytes(), Math::max);
            LockSupport.parkNanos(100_000);
        }
    }

    private void borrow(List<Pool<Connection>> pools) {
        for (int i = 0; i < LEASES; i++) {
            Pool<Connection> pool = pools.get(ThreadLocalRandom.current().nextInt(POOLS));
            try (Lease<Connection> lease = pool.acquire()) {
                most.accumulateAndGet(budget.grantedBytes(), Math::max);
                assertThat(lease.connection().aborted && !pool.isShut()).isFalse();
            } catch (AcquireException timedOutOrEnded) {
                most.accumulateAndGet(budget.grantedBytes(), Math::max);
            }
        }
    }

    private static void end(Pool<Connection> pool) {
        pool.refuse();
        pool.failWaiters();
        pool.abortLeased();
        pool.dispose();
    }
}
