package dev.weir.pool;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work on a slot's connection: a connect, a check or a close. It ends once: either the worker finishes it
 * or the housekeeper abandons it because it takes too long; whoever is first decides what becomes of the slot.
 */
final class Task extends AtomicInteger {

    private static final long serialVersionUID = 1L;

    private static final int RUNNING = 0;
    private static final int FINISHED = 1;
    private static final int ABANDONED = 2;
    private static final int OVERTAKEN = 4;

    final transient SlotState during;
    final long startedAt;
    /** Whether it weighs the connection: it takes as long as it takes, and tells nothing of how long checks take. */
    final boolean weighs;

    private transient @Nullable Thread worker;
    private transient long overtakenAt;

    Task(SlotState during, long startedAt) {
        this(during, startedAt, false);
    }

    private Task(SlotState during, long startedAt, boolean weighs) {
        super(RUNNING);
        this.during = during;
        this.startedAt = startedAt;
        this.weighs = weighs;
    }

    static Task weighing(long startedAt) {
        return new Task(SlotState.CHECKING, startedAt, true);
    }

    /** Notes the worker; false if the task was abandoned before anybody came to it. */
    synchronized boolean startOn(Thread thread) {
        worker = thread;
        return (get() & (FINISHED | ABANDONED)) == 0;
    }

    /** Whether a worker is at it. */
    synchronized boolean hasBegun() {
        return worker != null;
    }

    /** The worker is done with the connection: from now on no interrupt can hit it. */
    synchronized void done() {
        worker = null;
    }

    boolean finish() {
        return end(FINISHED);
    }

    boolean abandon() {
        return end(ABANDONED);
    }

    private boolean end(int how) {
        while (true) {
            int now = get();
            if ((now & (FINISHED | ABANDONED)) != 0) {
                return false;
            }
            if (compareAndSet(now, now | how)) {
                return true;
            }
        }
    }

    /**
     * Nobody waits for it any more, though it may still succeed; false if it has ended, or was overtaken before. Under the
     * queue's lock.
     */
    boolean overtake(long now) {
        if (!compareAndSet(RUNNING, OVERTAKEN)) {
            return false;
        }
        overtakenAt = now;
        return true;
    }

    /** When it was overtaken. Under the queue's lock. */
    long overtakenAt() {
        return overtakenAt;
    }

    boolean wasOvertaken() {
        return (get() & OVERTAKEN) != 0;
    }

    /** Asks the worker to give up. Only after {@link #abandon()}, so that the interrupt hits nothing else. */
    synchronized void interrupt() {
        Thread thread = worker;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
