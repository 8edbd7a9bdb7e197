package dev.weir.redis;

/**
 * How long a leased connection has waited for the reply it waits for now. The housekeeper looks at each of its passes and
 * counts from the one that saw it first, so a command may last longer than its timeout by up to two passes. No thread, no
 * timer and no clock on the borrower's path. For the housekeeper's thread alone.
 */
final class CommandWatch {

    private int seen;
    private long since;
    private boolean watching;

    /** Nothing is waited for. */
    void nothing() {
        watching = false;
    }

    /**
     * Whether the wait has lasted as long as the timeout.
     *
     * @param progress a count that grows with every command sent and every reply read
     * @param timeoutNanos 0 for none
     */
    boolean isOverdue(int progress, long nanos, long timeoutNanos) {
        if (!watching || seen != progress) {
            watching = true;
            seen = progress;
            since = nanos;
        }
        return timeoutNanos > 0 && nanos - since >= timeoutNanos;
    }
}
