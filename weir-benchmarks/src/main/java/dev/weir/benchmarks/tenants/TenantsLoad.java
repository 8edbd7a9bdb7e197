package dev.weir.benchmarks.tenants;

import dev.weir.ConnectionPoolManager;
import dev.weir.ShutdownReport;
import dev.weir.budget.MemoryBudget;
import dev.weir.pool.AcquireException;
import dev.weir.pool.Eviction;
import dev.weir.pool.Lease;
import dev.weir.pool.Pool;
import dev.weir.pool.PoolSettings;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * Users of a thousand tenants: nine requests in ten go to a hot set of tenants, which moves on ten times a second, the tenth to
 * any tenant; and one tenant is always hot, with users of its own. The limits are looked at every millisecond.
 */
final class TenantsLoad {

    private static final int HOT = 30;
    private static final int USERS = 24;
    private static final int USERS_OF_THE_HOT_TENANT = 8;
    private static final long BYTES = 1_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int SAMPLES_PER_MOVE = 100;
    private static final long SAMPLE_NANOS = 1_000_000;

    private final int tenants;
    private final int connections;
    private final CountedConnector connector = new CountedConnector(BYTES);
    private final MemoryBudget budget;
    private final ConnectionPoolManager manager;
    private final List<Pool<Object>> pools = new ArrayList<>();

    private volatile int hotFrom;
    private final AtomicIntegerArray asked;
    private final AtomicIntegerArray served;
    private final LongAdder requests = new LongAdder();
    private final LongAdder timedOut = new LongAdder();
    private final AtomicLong longestWait = new AtomicLong();

    TenantsLoad(int tenants, int connections) {
        this.tenants = tenants;
        this.connections = connections;
        this.budget = MemoryBudget.ofBytes(connections * BYTES);
        this.manager = ConnectionPoolManager.create(budget);
        this.asked = new AtomicIntegerArray(tenants);
        this.served = new AtomicIntegerArray(tenants);
    }

    /**
     * Runs it, once.
     *
     * @param progress told every ten seconds how many have gone by
     */
    TenantsResult run(Duration length, LongConsumer progress) throws InterruptedException {
        int threadsBefore = Thread.activeCount();
        long heapBefore = heap();
        open();
        final int threads = Thread.activeCount() - threadsBefore;
        final long dormant = (heap() - heapBefore) / tenants;
        long begin = System.nanoTime();
        long end = begin + length.toNanos();
        List<Thread> users = new ArrayList<>();
        for (int i = 0; i < USERS + USERS_OF_THE_HOT_TENANT; i++) {
            boolean hottest = i >= USERS;
            Thread user = new Thread(() -> use(hottest, end), "tenant-user-" + i);
            users.add(user);
            user.start();
        }
        long samples = 0;
        long over = 0;
        int most = 0;
        for (long now = begin; now - end < 0; now = System.nanoTime()) {
            int open = connector.open();
            most = Math.max(most, open);
            if (open > connections || budget.grantedBytes() > connections * BYTES) {
                over++;
            }
            if (++samples % SAMPLES_PER_MOVE == 0) {
                hotFrom = (int) (samples / SAMPLES_PER_MOVE * HOT % tenants);
            }
            if (samples % 10_000 == 0) {
                progress.accept((now - begin) / 1_000_000_000);
            }
            LockSupport.parkNanos(SAMPLE_NANOS);
        }
        for (Thread user : users) {
            user.join();
        }
        final double seconds = (System.nanoTime() - begin) / 1e9;
        pools.forEach(pool -> pool.evict(Eviction.SOFT));
        awaitNoneOpen();
        long resting = (heap() - heapBefore) / tenants;
        ShutdownReport report = manager.shutdown(Duration.ofSeconds(20));
        return new TenantsResult(
                tenants,
                connections,
                seconds,
                requests.sum(),
                timedOut.sum(),
                count(served),
                starved(),
                longestWait.get() / 1e6,
                connector.lentTwice(),
                connector.opened(),
                samples,
                over,
                most,
                dormant,
                resting,
                threads,
                report.connectionsLeft() + connector.open(),
                report.bytesLeft() + budget.grantedBytes());
    }

    private void open() {
        PoolSettings settings = PoolSettings.shared().toBuilder()
                .min(0)
                .max(5)
                .acquireTimeout(TIMEOUT)
                .build();
        for (int i = 0; i < tenants; i++) {
            pools.add(manager.open("tenant-" + i, connector, settings));
        }
    }

    private void use(boolean hottest, long end) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (long begin = System.nanoTime(); begin - end < 0; begin = System.nanoTime()) {
            int tenant = hottest ? 0 : someTenant(random);
            asked.incrementAndGet(tenant);
            try (Lease<Object> lease = pools.get(tenant).acquire()) {
                longestWait.accumulateAndGet(System.nanoTime() - begin, Math::max);
                connector.use(lease.connection());
                served.incrementAndGet(tenant);
                requests.increment();
            } catch (AcquireException refused) {
                timedOut.increment();
            }
        }
    }

    private int someTenant(ThreadLocalRandom random) {
        return random.nextInt(10) == 0 ? random.nextInt(tenants) : (hotFrom + random.nextInt(HOT)) % tenants;
    }

    private void awaitNoneOpen() {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (connector.open() > 0 && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(SAMPLE_NANOS);
        }
    }

    private static int count(AtomicIntegerArray counts) {
        int positive = 0;
        for (int i = 0; i < counts.length(); i++) {
            positive += counts.get(i) > 0 ? 1 : 0;
        }
        return positive;
    }

    private int starved() {
        int starved = 0;
        for (int i = 0; i < tenants; i++) {
            starved += asked.get(i) > 0 && served.get(i) == 0 ? 1 : 0;
        }
        return starved;
    }

    private static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
