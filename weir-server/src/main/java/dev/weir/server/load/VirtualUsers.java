package dev.weir.server.load;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Users that work in a closed loop: each sends an operation, waits for its end, rests if its lane says so, and sends the
 * next. One that is turned away, or fails, pauses before it comes back, twice as long each time in a row. Thread-safe.
 */
public final class VirtualUsers {

    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);

    /**
     * Prepares the users of the lanes; {@link #start} sets them to work.
     *
     * @param factory makes each user's thread
     */
    public VirtualUsers(List<Lane> lanes, ThreadFactory factory) {
        SplittableRandom seeds = new SplittableRandom();
        for (Lane lane : lanes) {
            for (int i = 0; i < lane.users(); i++) {
                RandomGenerator random = seeds.split();
                threads.add(factory.newThread(() -> work(lane, random)));
            }
        }
    }

    /** Sets the users to work. Once only. */
    public void start() {
        threads.forEach(Thread::start);
    }

    /** Asks every user to stop after the operation in hand. May be called again. */
    public void stop() {
        over.countDown();
    }

    /**
     * Waits for the users to end.
     *
     * @return how many have not ended in that time
     */
    public int awaitEnd(long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        int left = 0;
        for (Thread thread : threads) {
            long remaining = Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
            if (thread.getState() != Thread.State.NEW) {
                thread.join(remaining);
            }
            if (thread.isAlive()) {
                left++;
            }
        }
        return left;
    }

    private void work(Lane lane, RandomGenerator random) {
        Work work = lane.newWork(random);
        long penalty = 0;
        long pause = 0;
        try {
            while (!isOver(pause)) {
                boolean served = serve(lane, work);
                penalty = served ? 0 : longer(penalty, random);
                pause = served ? lane.pauseNanos(random) : penalty;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isOver(long pause) throws InterruptedException {
        return pause == 0 ? over.getCount() == 0 : over.await(pause, TimeUnit.NANOSECONDS);
    }

    private static long longer(long pause, RandomGenerator random) {
        long doubled = pause == 0 ? FIRST_PAUSE_NANOS : Math.min(LONGEST_PAUSE_NANOS, 2 * pause);
        return doubled / 2 + random.nextLong(doubled / 2) + 1;
    }

    /** Whether the operation was carried out. */
    private boolean serve(Lane lane, Work work) {
        long begun = System.nanoTime();
        try {
            work.next();
            lane.took(System.nanoTime() - begun);
            return true;
        } catch (Exception | LinkageError | AssertionError failure) {
            Meaning meaning = work.meaning(failure);
            lane.failed(meaning, failure, over.getCount() == 0);
            if (meaning == Meaning.OVER) {
                over.countDown();
            }
            return false;
        }
    }
}
