package dev.weir.benchmarks.scale;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * What the steps of lending cost, in nanoseconds.
 *
 * @param cas a compare-and-set on a line that this processor wrote last
 * @param transfer a line that another processor wrote last
 * @param look a look at one more slot, of which this processor has a copy
 * @param lock taking and leaving a lock that nobody else wants
 * @param unpark waking a thread, for the one who wakes
 * @param wake from being woken to running
 * @param rest of a lease and its return on one thread, beyond two compare-and-sets
 */
public record Costs(double cas, double transfer, double look, double lock, double unpark, double wake, double rest) {

    private static final int ROUNDS = 25;
    /** After which no further round begins, in nanoseconds: on a busy machine threads that wait for each other wait long. */
    private static final long LONGEST = 400_000_000;
    /** Where the compiler cannot think them away. */
    private static final AtomicLong WORD = new AtomicLong();

    private static final ReentrantLock LOCK = new ReentrantLock();

    /**
     * Measured here, each the best of some rounds: whatever else the machine does can only make them longer.
     *
     * @param cycleNanos a lease and its return on one thread
     * @param lookNanos a look at one more slot
     */
    public static Costs measured(double cycleNanos, double lookNanos) throws InterruptedException {
        double cas = best(Costs::compareAndSets);
        double transfer = best(() -> pingPong(false));
        double lock = best(Costs::locks);
        double roundTrip = best(() -> pingPong(true));
        double unpark = best(Costs::unparks);
        return new Costs(
                cas,
                transfer,
                lookNanos,
                lock,
                unpark,
                Math.max(0, roundTrip - unpark),
                Math.max(0, cycleNanos - 2 * cas));
    }

    private static double best(LongSupplier picoseconds) {
        long best = Long.MAX_VALUE;
        long end = System.nanoTime() + LONGEST;
        for (int i = 0; i < ROUNDS && (i == 0 || System.nanoTime() - end < 0); i++) {
            best = Math.min(best, picoseconds.getAsLong());
        }
        return best / 1e3;
    }

    private static long compareAndSets() {
        WORD.set(0);
        int times = 200_000;
        long begin = System.nanoTime();
        for (int i = 0; i < times; i++) {
            WORD.compareAndSet(i, i + 1);
        }
        return (System.nanoTime() - begin) * 1_000 / times;
    }

    private static long locks() {
        int times = 100_000;
        long begin = System.nanoTime();
        for (int i = 0; i < times; i++) {
            LOCK.lock();
            try {
                WORD.lazySet(i);
            } finally {
                LOCK.unlock();
            }
        }
        return (System.nanoTime() - begin) * 1_000 / times;
    }

    /** Waking a thread that is awake most of the time: the call alone, without the switch. */
    private static long unparks() {
        boolean[] stop = {false};
        Thread sleeper = new Thread(() -> {
            while (!stop[0]) {
                LockSupport.park();
            }
        });
        sleeper.setDaemon(true);
        sleeper.start();
        int times = 1_000;
        long begin = System.nanoTime();
        for (int i = 0; i < times; i++) {
            LockSupport.unpark(sleeper);
        }
        long nanos = System.nanoTime() - begin;
        stop[0] = true;
        LockSupport.unpark(sleeper);
        return nanos * 1_000 / times;
    }

    /** Two threads take turns at a word: spinning, or asleep while it is the other's turn. One way. */
    private static long pingPong(boolean asleep) {
        int turns = asleep ? 300 : 5_000;
        AtomicLong word = new AtomicLong();
        Thread main = Thread.currentThread();
        Thread other = new Thread(() -> take(word, 1, turns, asleep, main));
        other.setDaemon(true);
        long begin = System.nanoTime();
        other.start();
        take(word, 0, turns, asleep, other);
        return (System.nanoTime() - begin) * 1_000 / turns;
    }

    private static void take(AtomicLong word, int parity, int turns, boolean asleep, Thread other) {
        while (true) {
            long turn = word.get();
            if (turn >= turns) {
                LockSupport.unpark(other);
                return;
            }
            if ((turn & 1) == parity) {
                word.compareAndSet(turn, turn + 1);
                if (asleep) {
                    LockSupport.unpark(other);
                }
            } else if (asleep) {
                LockSupport.parkNanos(50_000_000);
            } else {
                Thread.onSpinWait();
            }
        }
    }
}
