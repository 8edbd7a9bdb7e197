package dev.weir.pool;

/**
 * How long the head of the queue competes with newcomers before slots are handed to it. A slot that is handed over rests until
 * its new borrower has woken up. Against a long lease that is nothing, and the head is served after a millisecond. Against a
 * short one it is much; so there newcomers go on competing for twice the time that serving the whole queue takes, and about
 * one lease in three is handed over. Nobody waits more than some three times as long as in strict order of arrival.
 *
 * <p>How long leases are is told by how fast slots come back while they are being handed over, which is when the clock is read
 * anyway. Guarded by the queue's lock.
 */
final class Patience {

    /** The least, in nanoseconds. */
    static final long LEAST = 1_000_000;

    /** The most, in nanoseconds. */
    static final long MOST = 20_000_000;

    /** A lease of so many nanoseconds is long: much longer than it takes to wake somebody up. */
    private static final long LONG_LEASE = 500_000;

    private static final int SMOOTHING = 8;

    /** Nanoseconds from one slot that is handed over to the next; 0 while unknown. */
    private long pace;

    private boolean handing;
    private long lastAt;

    /** A slot was handed over. */
    void handedOver(long now) {
        if (handing) {
            long taken = Math.min(now - lastAt, LONG_LEASE);
            pace = pace == 0 ? taken : pace + (taken - pace) / SMOOTHING;
        }
        handing = true;
        lastAt = now;
    }

    /** Newcomers may compete again: the time until the next hand-over tells nothing. */
    void compete() {
        handing = false;
    }

    /**
     * Nanoseconds that the head competes.
     *
     * @param waiting requests in the queue
     * @param slots that are lent
     */
    long nanos(int waiting, int slots) {
        long lease = pace * slots;
        return pace == 0 || lease >= LONG_LEASE ? LEAST : Math.max(LEAST, Math.min(MOST, 2 * pace * waiting));
    }
}
