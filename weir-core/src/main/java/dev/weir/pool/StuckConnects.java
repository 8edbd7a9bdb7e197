package dev.weir.pool;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long connects are waited for while requests wait and nothing else is there: after {@link #PATIENCE} another one
 * starts beside it, and where no place is left for that the oldest is given up, after a time that doubles until one
 * succeeds, so that a server that is merely slow gets its time. Guarded by the queue's lock.
 */
final class StuckConnects<C> {

    /** In nanoseconds. */
    static final long PATIENCE = Duration.ofSeconds(1).toNanos();

    private static final long FIRST = 2 * PATIENCE;
    private static final int DOUBLINGS = 5;

    private final Pool<C> pool;
    private final PoolEnvironment environment;
    private final Endpoint endpoint;
    private long limit = FIRST;
    private int overtaken;

    StuckConnects(Pool<C> pool, PoolEnvironment environment, Endpoint endpoint) {
        this.pool = pool;
        this.environment = environment;
        this.endpoint = endpoint;
    }

    /** How many connects are not waited for any more. */
    int overtaken() {
        return overtaken;
    }

    /**
     * Overtakes the connects that take long; where they have taken all places, returns the oldest, to be given up for one
     * more.
     *
     * @param size connections, all of which are being opened
     * @param most how many there may be
     */
    @Nullable Slot<C> hopeless(int size, int most) {
        long now = environment.ticker().nanos();
        Slot<C> oldest = null;
        long longest = 0;
        long next = Long.MAX_VALUE;
        for (Slot<C> slot : pool.slots()) {
            Task task = slot.task;
            if (task == null || task.during != SlotState.OPENING) {
                continue;
            }
            long age = now - task.startedAt;
            if (age >= PATIENCE) {
                if (task.overtake(now)) {
                    overtaken++;
                    endpoint.overtake();
                }
            } else {
                next = Math.min(next, PATIENCE - age);
            }
            if (age > longest) {
                longest = age;
                oldest = slot;
            }
        }
        boolean full = size >= most && overtaken == size;
        if (full && longest >= limit) {
            return oldest;
        }
        if (full) {
            next = Math.max(0, limit - longest);
        }
        if (next != Long.MAX_VALUE) {
            environment.housekeeper().wakeBy(now + next);
        }
        return null;
    }

    /** A hopeless one was given up. */
    void gaveUp() {
        limit = Math.min(limit * 2, FIRST << DOUBLINGS);
    }

    /** A connect is over, in whatever way. */
    void ended(Task task, boolean succeeded) {
        overtaken -= task.wasOvertaken() ? 1 : 0;
        limit = succeeded ? FIRST : limit;
    }
}
