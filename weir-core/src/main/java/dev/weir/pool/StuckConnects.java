package dev.weir.pool;

import java.time.Duration;

/**
 * How long connects are waited for while requests wait and nothing else is there: after {@link #PATIENCE} another one
 * starts beside it, and where no place is left for that the oldest is given up, after a time that doubles until one
 * succeeds, so that a server that is merely slow gets its time. Guarded by the queue's lock.
 */
final class StuckConnects {

    /** In nanoseconds. */
    static final long PATIENCE = Duration.ofSeconds(1).toNanos();

    private static final long FIRST = 2 * PATIENCE;
    private static final int DOUBLINGS = 5;

    private long limit = FIRST;

    boolean isHopeless(long age) {
        return age >= limit;
    }

    long left(long age) {
        return Math.max(0, limit - age);
    }

    void gaveUp() {
        limit = Math.min(limit * 2, FIRST << DOUBLINGS);
    }

    void succeeded() {
        limit = FIRST;
    }
}
