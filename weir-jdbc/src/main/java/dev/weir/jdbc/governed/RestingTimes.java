package dev.weir.jdbc.governed;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Since when a pool, seen from time to time, has had at least one idle connection, at least two, and so on: connections
 * that were to spare for so long, whichever they were. A use takes the newest of these times away; a close takes the
 * oldest, for with one connection less each of the others is a little less to spare. Guarded by its owner.
 */
final class RestingTimes {

    /** When each level was reached, the first one first. Bounded by the size of the pool. */
    private final Deque<Long> since = new ArrayDeque<>();

    /**
     * The pool was looked at.
     *
     * @param closed connections that were closed since the last look
     */
    void observe(int idle, int closed, long now) {
        for (int i = 0; i < closed && since.size() > idle; i++) {
            since.removeFirst();
        }
        while (since.size() > idle) {
            since.removeLast();
        }
        while (since.size() < idle) {
            since.addLast(now);
        }
    }

    /** How long the connection to spare longest, but for so many that are on their way out, has been so; negative: none. */
    long longest(int leaving, long now) {
        return since.stream()
                .skip(leaving)
                .mapToLong(from -> now - from)
                .findFirst()
                .orElse(-1);
    }
}
