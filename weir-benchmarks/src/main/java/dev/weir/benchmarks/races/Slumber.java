package dev.weir.benchmarks.races;

import dev.weir.time.Ticker;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Real sleep in time that goes on only by looking at it, and that tells when a sleeper was forgotten: when it slept for
 * a second although every thread that could have woken it was done. Without that a lost wake-up would be a hang, or be
 * made good by the look around that the sleeper takes at its deadline.
 */
final class Slumber implements Ticker {

    private static final long TOO_LONG = TimeUnit.SECONDS.toNanos(1);
    private static final long THE_END = TimeUnit.DAYS.toNanos(1000);

    private final long step;
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger others;
    private final AtomicInteger parked = new AtomicInteger();
    private final AtomicInteger woken = new AtomicInteger();
    private volatile boolean forgotten;

    /**
     * Time for a race of sleepers with others.
     *
     * @param others how many threads have to say {@link #done}
     * @param step how far time goes on with each look at it, in nanoseconds
     */
    Slumber(int others, long step) {
        this.others = new AtomicInteger(others);
        this.step = step;
    }

    /** Somebody who could have woken a sleeper has done all that he does. */
    void done() {
        others.decrementAndGet();
    }

    /** Spins until somebody goes to sleep; not longer than a sleep that is too long. */
    void untilParked() {
        spinUntil(() -> parked.get() > 0);
    }

    /** Spins until somebody has been woken. */
    void untilWoken() {
        spinUntil(() -> woken.get() > 0);
    }

    private static void spinUntil(BooleanSupplier happened) {
        long began = System.nanoTime();
        while (!happened.getAsBoolean() && System.nanoTime() - began < TOO_LONG) {
            Thread.onSpinWait();
        }
    }

    boolean wasForgotten() {
        return forgotten;
    }

    @Override
    public long nanos() {
        if (forgotten) {
            return THE_END;
        }
        Basin.Tide.dwell();
        return step == 0 ? 0 : looks.incrementAndGet() * step;
    }

    @Override
    public void park(Object blocker, long nanos) {
        parked.incrementAndGet();
        while (true) {
            boolean alone = others.get() == 0;
            long began = System.nanoTime();
            LockSupport.parkNanos(blocker, TOO_LONG);
            if (System.nanoTime() - began < TOO_LONG) {
                woken.incrementAndGet();
                return;
            }
            if (alone) {
                forgotten = true;
                return;
            }
        }
    }
}
