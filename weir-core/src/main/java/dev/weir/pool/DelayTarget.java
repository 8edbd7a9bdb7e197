package dev.weir.pool;

/**
 * When a queue is overloaded rather than bursty: its delay has stayed above the target for a whole interval. After
 * CoDel (Nichols and Jacobson, "Controlling Queue Delay", RFC 8289), as a server sheds rather than a router drops.
 * Guarded by the queue's lock.
 */
final class DelayTarget {

    private boolean above;
    private long aboveSince;

    boolean isOverloaded(long now, long delay, long target, long interval) {
        if (delay <= target) {
            above = false;
            return false;
        }
        if (!above) {
            above = true;
            aboveSince = now;
        }
        return now - aboveSince >= interval;
    }

    void calm() {
        above = false;
    }
}
