package dev.weir.dashboard;

import dev.weir.ConnectionPoolManager;
import dev.weir.budget.MemoryBudget;
import dev.weir.memory.ManagerProbe;
import dev.weir.memory.ProcessMemoryAnalyzer;
import dev.weir.pool.AcquireException;
import dev.weir.pool.ConnectionKind;
import dev.weir.pool.Lease;
import dev.weir.pool.Pool;
import dev.weir.pool.PoolSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** A service with a dashboard: pools of words, and threads that use them as they are told. */
final class Service implements AutoCloseable {

    static final String TOKEN = "a-token-of-the-tests";

    final ConnectionPoolManager manager = ConnectionPoolManager.create(MemoryBudget.ofBytes(64L << 20));
    final WeirDashboard dashboard;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ended;
    private volatile CountDownLatch overload = new CountDownLatch(0);
    private volatile CountDownLatch leak = new CountDownLatch(0);

    /** One that tells of memory what its pools tell of themselves. */
    Service(int port) {
        this(port, false);
    }

    /** One whose memory is looked at by an analyzer, or not. */
    Service(int port, boolean analysed) {
        WeirDashboardBuilder building =
                WeirDashboard.builder(manager).port(port).token(TOKEN);
        if (analysed) {
            ProcessMemoryAnalyzer analyzer = ProcessMemoryAnalyzer.builder()
                    .probe(new ManagerProbe(manager))
                    .build();
            building.memory(analyzer::analyze);
        }
        dashboard = building.start();
    }

    Pool<String> pool(String name, ConnectionKind kind, long bytes, UnaryOperator<PoolSettings.Builder> settings) {
        return manager.open(
                name,
                new Strings(kind, bytes),
                settings.apply(PoolSettings.shared().toBuilder()).build());
    }

    /** Threads that lease, hold for about so long, and rest about as long, until the service ends. */
    @SuppressWarnings("try") // a lease is only there to be closed
    void load(Pool<String> pool, int users, Duration held, Duration rest) {
        for (int i = 0; i < users; i++) {
            start("user-" + pool.name() + "-" + i, () -> {
                while (!ended) {
                    try (Lease<String> lease = pool.acquire()) {
                        LockSupport.parkNanos(about(held));
                    } catch (AcquireException refused) {
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                    }
                    LockSupport.parkNanos(about(rest));
                }
            });
        }
    }

    /** What can be read, beside the dashboard's own. */
    Facts facts() {
        Clock clock = new Clock(manager.environment().ticker());
        return new Facts(
                manager, new History(200_000), new Steering(manager), clock, java.util.Map.of(), null, () -> 0);
    }

    private static long about(Duration time) {
        return (long) (time.toNanos() * (0.3 + 1.4 * ThreadLocalRandom.current().nextDouble()));
    }

    /** Somebody borrows a connection and forgets it, until {@link #calm}; returns once it is borrowed. */
    @SuppressWarnings("try") // a lease is only there to be closed
    void leak(Pool<String> pool) {
        leak = new CountDownLatch(1);
        CountDownLatch until = leak;
        CountDownLatch borrowed = new CountDownLatch(1);
        start("invoice-mailer", () -> {
            while (borrowed.getCount() > 0) {
                try (Lease<String> lease = pool.acquire()) {
                    borrowed.countDown();
                    until.await();
                } catch (AcquireException busy) {
                    // Then it is tried again.
                }
            }
        });
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> borrowed.getCount() == 0);
    }

    /** Holders that keep everything, and requests that wait behind them, until {@link #calm}. */
    @SuppressWarnings("try") // a lease is only there to be closed
    void overload(Pool<String> pool, int users) {
        overload = new CountDownLatch(1);
        CountDownLatch until = overload;
        for (int i = 0; i < users; i++) {
            start("report-" + i, () -> {
                try (Lease<String> lease = pool.acquire()) {
                    until.await();
                } catch (AcquireException timedOut) {
                    // That is what an overload is.
                }
            });
        }
    }

    void calm() {
        overload.countDown();
        leak.countDown();
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private void start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (InterruptedException | IllegalStateException over) {
                        Thread.currentThread().interrupt();
                    }
                },
                name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    @Override
    public void close() {
        ended = true;
        calm();
        threads.forEach(Thread::interrupt);
        manager.shutdown(Duration.ofSeconds(5));
        dashboard.close();
    }
}
