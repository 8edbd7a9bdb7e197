package dev.weir.benchmarks.outage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * Eight threads that borrow, ask the database to repeat a number that nobody else asks for, and give back: four of them all
 * the time, four every 600 to 900 ms, whose connections have rested. They go on while everything fails, and note it.
 */
public final class Bystanders {

    /** How many there are. */
    public static final int THREADS = 8;

    private static final int BUSY = 4;
    private static final long MILLI = 1_000_000;

    private final DataSource pool;
    private final long timeoutNanos;
    private final List<Bystander> all = new ArrayList<>();
    private final Tally tally = new Tally();
    private volatile boolean resting;
    private volatile boolean stopped;

    /**
     * On a pool.
     *
     * @param timeout of the pool's getConnection
     */
    public Bystanders(DataSource pool, Duration timeout) {
        this.pool = pool;
        this.timeoutNanos = timeout.toNanos();
    }

    /** They begin. */
    public void start() {
        for (int i = 0; i < THREADS; i++) {
            Bystander bystander = new Bystander(i);
            all.add(bystander);
            bystander.start();
        }
    }

    /** Lets all finish what they are at, and returns when they did or the limit is over. */
    public void rest(Duration limit) {
        resting = true;
        await(limit, () -> all.stream().allMatch(one -> one.since == 0));
    }

    /** They go on, if they rested; the fault is over. */
    public void faultIsOver() {
        tally.faultIsOver(System.nanoTime());
        resting = false;
    }

    /** Works on until nothing has failed for a while, or the limit is over. */
    public void untilCalm(Duration calm, Duration limit) {
        await(limit, () -> tally.calmFor(System.nanoTime()) > calm.toNanos());
    }

    /** They end; those that do not within the limit are stuck. */
    public Tally stop(Duration limit) {
        stopped = true;
        await(limit, () -> all.stream().noneMatch(Thread::isAlive));
        long now = System.nanoTime();
        for (Bystander one : all) {
            if (one.isAlive()) {
                tally.stuck(one.borrowing ? now - one.since - timeoutNanos : 0, one.got);
            }
        }
        return tally;
    }

    private static void await(Duration limit, java.util.function.BooleanSupplier done) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!done.getAsBoolean() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(5 * MILLI);
        }
    }

    private final class Bystander extends Thread {
        private final int index;
        private volatile boolean borrowing;
        private volatile long since;
        private volatile long got;
        private long asked;

        Bystander(int index) {
            super("bystander-" + index);
            this.index = index;
            setDaemon(true);
        }

        @Override
        public void run() {
            while (!stopped) {
                if (!resting) {
                    since = System.nanoTime();
                    work();
                    since = 0;
                }
                pause();
            }
        }

        private void pause() {
            long millis = index < BUSY ? 5 : ThreadLocalRandom.current().nextLong(600, 900);
            long end = System.nanoTime() + millis * MILLI;
            while (!stopped && System.nanoTime() - end < 0) {
                LockSupport.parkNanos(Math.min(20 * MILLI, millis * MILLI));
            }
        }

        private void work() {
            long tag = ((long) index << 40) + ++asked;
            borrowing = true;
            Connection connection;
            try {
                connection = pool.getConnection();
            } catch (SQLException | RuntimeException refused) {
                borrowing = false;
                long now = System.nanoTime();
                tally.refused(now, now - since - timeoutNanos);
                return;
            }
            got = System.nanoTime();
            borrowing = false;
            tally.lent(got - since - timeoutNanos);
            try (connection;
                    PreparedStatement query = connection.prepareStatement("select ?::bigint")) {
                query.setLong(1, tag);
                try (ResultSet result = query.executeQuery()) {
                    boolean right = result.next() && result.getLong(1) == tag && !result.next();
                    tally.answered(System.nanoTime(), right);
                }
            } catch (SQLException | RuntimeException broken) {
                tally.broken(System.nanoTime(), got);
            }
        }
    }
}
