package dev.weir.pool;

import dev.weir.time.Ticker;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One thread that looks after every pool of the process. It exists while there is a pool, makes a pass over them every
 * {@link #INTERVAL}, and earlier when asked to. Tests call {@link #tick()} themselves instead.
 */
final class Housekeeper {

    /** The time between passes; what is inferred from them is as exact as this. */
    static final Duration INTERVAL = Duration.ofMillis(250);

    /** What is to be done for a pool at every pass. */
    interface Chores {
        void tick(long now);
    }

    private final Ticker ticker;
    private final boolean threaded;
    private final Runnable whenLastLeaves;
    private final CopyOnWriteArrayList<Chores> chores = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Thread thread;

    /** When the next pass is due; other threads may only bring it forward. */
    private long due;

    Housekeeper(Ticker ticker, boolean threaded, Runnable whenLastLeaves) {
        this.ticker = ticker;
        this.threaded = threaded;
        this.whenLastLeaves = whenLastLeaves;
    }

    void add(Chores pool) {
        lock.lock();
        try {
            chores.add(pool);
            if (threaded && thread == null) {
                due = ticker.nanos();
                Thread started = new Thread(null, this::run, "weir-housekeeper", 0, false);
                started.setDaemon(true);
                thread = started;
                started.start();
            }
        } finally {
            lock.unlock();
        }
    }

    void remove(Chores pool) {
        Thread last = null;
        lock.lock();
        try {
            if (chores.remove(pool) && chores.isEmpty()) {
                last = thread;
                thread = null;
            }
        } finally {
            lock.unlock();
        }
        if (last != null) {
            LockSupport.unpark(last);
        }
        if (chores.isEmpty()) {
            whenLastLeaves.run();
        }
    }

    /** Asks for a pass no later than this time. */
    void wakeBy(long nanos) {
        Thread running = thread;
        if (running == null) {
            return;
        }
        boolean earlier;
        lock.lock();
        try {
            earlier = nanos - due < 0;
            if (earlier) {
                due = nanos;
            }
        } finally {
            lock.unlock();
        }
        if (earlier) {
            LockSupport.unpark(running);
        }
    }

    /** Makes one pass now. */
    void tick() {
        long now = ticker.nanos();
        for (Chores pool : chores) {
            try {
                pool.tick(now);
            } catch (RuntimeException | Error failure) {
                // One pool's trouble, or want of memory or threads, must not end the care for all.
                Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
                if (handler != null) {
                    handler.uncaughtException(Thread.currentThread(), failure);
                }
            }
        }
    }

    private void run() {
        Thread me = Thread.currentThread();
        while (thread == me) {
            long left;
            lock.lock();
            try {
                left = due - ticker.nanos();
                if (left <= 0) {
                    due = ticker.nanos() + INTERVAL.toNanos();
                }
            } finally {
                lock.unlock();
            }
            if (left > 0) {
                ticker.park(this, left);
                // Nobody interrupts this thread on purpose, and an interrupt must not make it spin.
                Thread.interrupted();
            } else {
                tick();
            }
        }
    }
}
