package dev.weir.pool;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The platform threads that connect, check and close for all pools of the process, so that no borrower ever does.
 *
 * <p>Threads start when there is work and end after {@value #IDLE_SECONDS} s without; there are at most {@value
 * #MAX_THREADS}. The queue needs no bound of its own: a slot has one task at a time, so it holds at most as many as there
 * are slots.
 */
final class Workers implements Executor {

    static final int MAX_THREADS = 64;
    private static final int IDLE_SECONDS = 2;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Queue<Runnable> queue = new ArrayDeque<>();
    private int threads;
    private int idle;
    private int started;
    private boolean dismissed;

    @Override
    public void execute(Runnable task) {
        boolean start = false;
        int number = 0;
        lock.lock();
        try {
            queue.add(task);
            dismissed = false;
            if (idle >= queue.size()) {
                work.signal();
            } else if (threads < MAX_THREADS) {
                threads++;
                number = ++started;
                start = true;
            }
        } finally {
            lock.unlock();
        }
        if (start) {
            Thread thread = new Thread(null, this::run, "weir-worker-" + number, 0, false);
            thread.setDaemon(true);
            boolean started = false;
            try {
                thread.start();
                started = true;
            } finally {
                if (!started) {
                    forgetOne();
                }
            }
        }
    }

    private void forgetOne() {
        lock.lock();
        try {
            threads--;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        for (Runnable task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (RuntimeException | Error failure) {
                Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
                if (handler != null) {
                    handler.uncaughtException(Thread.currentThread(), failure);
                }
            }
            // An interrupt meant for an abandoned task must not reach the next one.
            Thread.interrupted();
        }
    }

    private @Nullable Runnable next() {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(IDLE_SECONDS);
            while (queue.isEmpty()) {
                if (left <= 0 || dismissed) {
                    threads--;
                    return null;
                }
                idle++;
                try {
                    left = work.awaitNanos(left);
                } catch (InterruptedException strayInterrupt) {
                    // Meant for a task that is over; go on waiting.
                } finally {
                    idle--;
                }
            }
            return queue.remove();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the idle threads now rather than after their rest: the last pool is gone. */
    void dismissIdle() {
        lock.lock();
        try {
            dismissed = true;
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int threads() {
        lock.lock();
        try {
            return threads;
        } finally {
            lock.unlock();
        }
    }
}
