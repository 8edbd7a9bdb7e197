package dev.weir.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.budget.MemoryBudget;
import dev.weir.event.EventStream;
import dev.weir.pool.ScriptedConnector.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A pool for each of a thousand tenants, on one memory budget with room for a hundred connections. */
class ThousandPoolsTest {

    private static final int TENANTS = 1_000;
    private static final int HOT = 30;
    private static final int CONNECTIONS = 100;
    private static final int USERS = 24;

    private final MemoryBudget budget = MemoryBudget.ofBytes(CONNECTIONS * 100L);
    private final PoolEnvironment environment = PoolEnvironment.of(new EventStream(), budget);
    private final ScriptedConnector connector = new ScriptedConnector();
    private final ExecutorService users = Executors.newFixedThreadPool(USERS);
    private final List<Pool<Connection>> pools = new ArrayList<>();
    private final AtomicInteger hotFrom = new AtomicInteger();
    private EventStream.@Nullable Subscription reviews;

    private void open() {
        PoolSettings settings = PoolSettings.shared().toBuilder()
                .min(0)
                .max(5)
                .acquireTimeout(Duration.ofSeconds(5))
                .build();
        // As a manager does at every pass.
        reviews = environment.onPass(nanos -> budget.review());
        for (int i = 0; i < TENANTS; i++) {
            pools.add(Pool.open("tenant-" + i, connector, settings, environment));
        }
    }

    @AfterEach
    void everythingIsReturnedAtTheEnd() {
        users.shutdownNow();
        for (Pool<Connection> pool : pools) {
            pool.refuse();
            pool.failWaiters();
        }
        await().atMost(20, TimeUnit.SECONDS).until(() -> pools.stream().allMatch(pool -> pool.connectionsLeft() == 0));
        pools.forEach(Pool::dispose);
        if (reviews != null) {
            reviews.close();
        }
        assertThat(budget.grantedBytes()).isZero();
        assertThat(budget.accounts()).isEmpty();
        assertThat(connector.open).isEmpty();
        assertThat(connector.endedTwice).hasValue(0);
    }

    @Test
    void theHotSetMovesAndNobodyStarves() throws Exception {
        int threadsBefore = Thread.activeCount();
        open();
        assertThat(Thread.activeCount()).isLessThanOrEqualTo(threadsBefore + 1);
        AtomicIntegerArray served = new AtomicIntegerArray(TENANTS);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(4);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < USERS; i++) {
            all.add(users.submit(() -> use(served, end)));
        }
        int samples = 0;
        while (System.nanoTime() < end) {
            // Grants are booked before connecting, so connections never exceed them.
            assertThat(budget.grantedBytes()).isLessThanOrEqualTo(CONNECTIONS * 100L);
            assertThat(connector.open.size()).isLessThanOrEqualTo(CONNECTIONS);
            if (++samples % 100 == 0) {
                hotFrom.addAndGet(HOT);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        for (Future<?> one : all) {
            one.get(10, TimeUnit.SECONDS); // fails if any request waited its whole timeout
        }
        int tenants = 0;
        for (int i = 0; i < TENANTS; i++) {
            tenants += served.get(i) > 0 ? 1 : 0;
        }
        assertThat(tenants).isGreaterThan(CONNECTIONS);
    }

    @Test
    void aHotTenantWhoseConnectionsNeverRestStarvesNobody() throws Exception {
        open();
        budget.limit(4 * 100L);
        AtomicIntegerArray served = new AtomicIntegerArray(TENANTS);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < USERS; i++) {
            int tenant = Math.max(0, i - USERS / 2); // half of them are the hot tenant's
            running.add(users.submit(() -> useOne(tenant, served, end)));
        }
        for (Future<?> one : running) {
            one.get(20, TimeUnit.SECONDS); // fails if any request waited its whole timeout
        }
        for (int i = 1; i < USERS / 2; i++) {
            assertThat(served.get(i)).as("requests of tenant %s", i).isPositive();
        }
    }

    private void useOne(int tenant, AtomicIntegerArray served, long end) {
        while (System.nanoTime() < end) {
            try (Lease<Connection> lease = pools.get(tenant).acquire()) {
                assertThat(lease.connection().holders.incrementAndGet()).isEqualTo(1);
                LockSupport.parkNanos(100_000);
                lease.connection().holders.decrementAndGet();
                served.incrementAndGet(tenant);
            }
        }
    }

    private void use(AtomicIntegerArray served, long end) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        while (System.nanoTime() < end) {
            int tenant =
                    random.nextInt(10) == 0 ? random.nextInt(TENANTS) : (hotFrom.get() + random.nextInt(HOT)) % TENANTS;
            try (Lease<Connection> lease = pools.get(tenant).acquire()) {
                assertThat(lease.connection().holders.incrementAndGet()).isEqualTo(1);
                LockSupport.parkNanos(100_000);
                lease.connection().holders.decrementAndGet();
                served.incrementAndGet(tenant);
            }
        }
    }
}
