package dev.weir.benchmarks;

import dev.weir.jdbc.WeirDataSource;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Threads that do the same thing over and over, from the first turn to the last: what is compared begins and ends beside them, and
 * somebody else reads the counters. So no turn pays for threads that start, and none for the last ones of the turn before.
 */
final class SteadyLoad implements AutoCloseable {

    /** What a thread does over and over. */
    @FunctionalInterface
    interface Cycle {
        /** Does it and tells how often. */
        long run(WeirDataSource pool) throws SQLException;
    }

    /** The counters of two threads are on different cache lines. */
    private static final int STRIDE = 16;

    private static final int LONGEST_END_SECONDS = 70;

    private final Cycle cycle;
    private final int threads;
    private final AtomicLongArray counters;
    private final CountDownLatch running;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private volatile WeirDataSource pool;
    private volatile boolean over;

    private SteadyLoad(WeirDataSource pool, int threads, Cycle cycle) {
        this.pool = pool;
        this.threads = threads;
        this.cycle = cycle;
        counters = new AtomicLongArray((threads + 1) * STRIDE);
        running = new CountDownLatch(threads);
    }

    /** Begins. */
    static SteadyLoad on(WeirDataSource pool, int threads, Cycle cycle) {
        SteadyLoad load = new SteadyLoad(pool, threads, cycle);
        for (int i = 0; i < threads; i++) {
            int counter = (i + 1) * STRIDE;
            Thread thread = new Thread(() -> load.work(counter), "load-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        return load;
    }

    private void work(int counter) {
        try {
            long done = 0;
            while (!over) {
                done += cycle.run(pool);
                counters.setRelease(counter, done);
            }
        } catch (SQLException | RuntimeException failed) {
            failure.compareAndSet(null, failed);
        } finally {
            running.countDown();
        }
    }

    /** Goes on with another pool, each thread as soon as it is done with what it does. */
    void moveTo(WeirDataSource other) {
        pool = other;
    }

    /** How often the threads did it so far. */
    long done() {
        Exception failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("a thread of the load failed: what is left is another load", failed);
        }
        long sum = 0;
        for (int i = 1; i <= threads; i++) {
            sum += counters.getAcquire(i * STRIDE);
        }
        return sum;
    }

    /** Ends, and waits for the threads. */
    @Override
    public void close() {
        over = true;
        boolean ended = false;
        try {
            ended = running.await(LONGEST_END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        if (!ended) {
            throw new IllegalStateException("the threads of the load do not end");
        }
    }
}
