package dev.weir.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Threads that borrow, ask and give back as fast as a service would, and write down what came of each try. */
final class OutageLoad implements AutoCloseable {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /**
     * One try.
     *
     * @param asked when a connection was asked for, in nanoseconds
     * @param got when there was an answer to that, a connection or not
     * @param done when the query on it was answered
     * @param failure what failed, or empty
     * @param lent whether there was a connection
     */
    record Try(long asked, long got, long done, String failure, boolean lent) {
        boolean good() {
            return lent && failure.isEmpty();
        }
    }

    private final WeirDataSource dataSource;
    private final ExecutorService threads;
    private final List<Future<?>> workers = new ArrayList<>();
    private final Queue<Try> tries = new ConcurrentLinkedQueue<>();
    private final AtomicLong good = new AtomicLong();
    private volatile boolean stop;

    OutageLoad(WeirDataSource dataSource, int workers) {
        this.dataSource = dataSource;
        this.threads = Executors.newFixedThreadPool(workers);
        for (int i = 0; i < workers; i++) {
            this.workers.add(threads.submit(this::work));
        }
    }

    private void work() {
        while (!stop) {
            tries.add(once());
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private Try once() {
        long asked = System.nanoTime();
        Connection connection;
        try {
            connection = dataSource.getConnection();
        } catch (SQLException failure) {
            long refused = System.nanoTime();
            return new Try(asked, refused, refused, failure.toString(), false);
        }
        long got = System.nanoTime();
        String failed = "";
        try (connection;
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("select 1")) {
            answer.next();
            good.incrementAndGet();
        } catch (SQLException failure) {
            failed = failure.toString();
        }
        return new Try(asked, got, System.nanoTime(), failed, true);
    }

    /** Good tries so far. */
    long good() {
        return good.get();
    }

    /** Tells the workers to stop and waits until they have. */
    void stop() throws Exception {
        stop = true;
        for (Future<?> worker : workers) {
            worker.get(30, TimeUnit.SECONDS);
        }
    }

    Duration longestWait() {
        return Duration.ofNanos(
                tries.stream().mapToLong(one -> one.got() - one.asked()).max().orElse(0));
    }

    /** From a moment to the end of the first good try that ended after it. */
    Duration firstGoodAfter(long nanos) {
        return Duration.ofNanos(tries.stream()
                .filter(one -> one.good() && one.done() - nanos > 0)
                .mapToLong(one -> one.done() - nanos)
                .min()
                .orElse(Long.MAX_VALUE));
    }

    /** What failed on connections that were handed out after a moment. */
    List<String> deadOnesAfter(long nanos) {
        return tries.stream()
                .filter(one -> one.lent() && !one.good() && one.got() - nanos > 0)
                .map(Try::failure)
                .toList();
    }

    /** Prints what the outage cost, in one line that can be quoted. */
    void tell(String outage, long back) {
        System.out.printf(
                "OUTAGE %s: %d tries, %d refused in time, longest getConnection %d ms, first good answer %d ms after the"
                        + " return, %d dead connections handed out after it%n",
                outage,
                tries.size(),
                refused(),
                longestWait().toMillis(),
                firstGoodAfter(back).toMillis(),
                deadOnesAfter(back).size());
    }

    long refused() {
        return tries.stream().filter(one -> !one.lent()).count();
    }

    @Override
    public void close() {
        stop = true;
        threads.shutdownNow();
    }
}
