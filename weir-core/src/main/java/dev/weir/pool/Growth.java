package dev.weir.pool;

/**
 * How many connects may be under way while requests wait and connections are at work: one at first, doubled when requests
 * still wait as it completes, and none for a while when the queue has been draining so fast that a further connection
 * would come too late. Guarded by the queue's lock.
 */
final class Growth {

    private int window = 1;
    /** The longest queue seen since the last connect completed. */
    private int longest;

    private boolean holding;
    private long heldUntil;

    /** Requests wait; answers whether growing would help. */
    boolean helps(int waiting, long now) {
        longest = Math.max(longest, waiting);
        holding &= heldUntil - now > 0;
        return !holding;
    }

    /** When to ask again after {@link #helps} said no. */
    long heldUntil() {
        return heldUntil;
    }

    int window() {
        return window;
    }

    /** A connect that took so long has completed, with so many requests waiting. */
    void connected(int waiting, long took, long now, int connectsAtOnce) {
        if (waiting == 0) {
            window = 1;
        } else if (waiting <= longest / 2) {
            window = 1;
            holding = true;
            heldUntil = now + Math.min(took, Housekeeper.INTERVAL.toNanos());
        } else {
            window = Math.min(connectsAtOnce, window * 2);
        }
        longest = waiting;
    }

    void failed() {
        window = 1;
        holding = false;
    }
}
