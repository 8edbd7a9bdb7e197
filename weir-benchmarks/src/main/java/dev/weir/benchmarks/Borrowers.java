package dev.weir.benchmarks;

import dev.weir.benchmarks.contender.Contender;
import dev.weir.benchmarks.contender.OpenPool;
import dev.weir.benchmarks.contender.PoolSpec;
import dev.weir.benchmarks.noop.NoopDriver;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** Threads that borrow. */
final class Borrowers {

    /** What a borrower does between the start and its end. */
    @FunctionalInterface
    interface Borrower {
        void run(int index) throws Exception;
    }

    private Borrowers() {}

    /**
     * Opens a pool on the driver that does nothing and lets it open its minimum by itself. Only then is it borrowed from:
     * some pools forget a borrower that comes while they fill.
     */
    static OpenPool open(Contender contender, PoolSpec spec) throws Exception {
        int before = NoopDriver.opened();
        OpenPool pool = contender.open(spec);
        long deadline = System.nanoTime() + 5_000_000_000L;
        while (NoopDriver.opened() - before < spec.min() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(1_000_000);
        }
        // A connection is counted before the pool has it.
        LockSupport.parkNanos(1_000_000);
        fill(pool.dataSource(), spec.min());
        return pool;
    }

    /** Makes a pool open all its connections, by holding as many at once. */
    static void fill(DataSource pool, int size) throws SQLException {
        List<Connection> all = new ArrayList<>();
        try {
            for (int i = 0; i < size; i++) {
                all.add(pool.getConnection());
            }
        } finally {
            for (Connection connection : all) {
                connection.close();
            }
        }
    }

    /** Borrows and gives back until the JIT has seen it. */
    static void warmUp(DataSource pool, int cycles) throws SQLException {
        for (int i = 0; i < cycles; i++) {
            pool.getConnection().close();
        }
    }

    /** Makes virtual threads, by reflection, for the bytecode is that of Java 17. */
    static ThreadFactory virtualThreads() throws ReflectiveOperationException {
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        return (ThreadFactory)
                Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
    }

    /**
     * Lets borrowers start together and waits for them.
     *
     * @return how many had not ended within the limit, and the time until the last of the others did
     */
    static Outcome together(ThreadFactory threads, int count, long limitMillis, Borrower borrower)
            throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(count);
        CountDownLatch start = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            int index = i;
            Thread thread = threads.newThread(() -> {
                ready.countDown();
                try {
                    start.await();
                    borrower.run(index);
                } catch (Exception failed) {
                    throw new IllegalStateException(failed);
                } finally {
                    done.countDown();
                }
            });
            if (!thread.isDaemon()) {
                thread.setDaemon(true);
            }
            thread.start();
        }
        ready.await();
        long begin = System.nanoTime();
        start.countDown();
        boolean all = done.await(limitMillis, TimeUnit.MILLISECONDS);
        return new Outcome(all ? 0 : (int) done.getCount(), System.nanoTime() - begin);
    }

    /**
     * How a start together ended.
     *
     * @param stuck threads that had not ended by the limit
     * @param nanos until the last one ended, or the limit
     */
    record Outcome(int stuck, long nanos) {}
}
