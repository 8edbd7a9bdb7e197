package dev.weir.time;

/**
 * A source of monotonic time, and the one way to wait for it.
 *
 * <p>Everything in Weir that depends on time takes a ticker, so that a test can move time by hand with a
 * {@link ManualTicker}. Implementations are safe for use by many threads.
 */
public interface Ticker {

    /** The time in nanoseconds from an arbitrary origin; only differences mean something. */
    long nanos();

    /**
     * Parks the calling thread for at most {@code nanos} of this ticker's time. Like
     * {@link java.util.concurrent.locks.LockSupport#parkNanos(Object, long)}, it returns on unpark and on
     * interrupt, and may return for no reason.
     *
     * @param blocker what the thread waits for, shown in thread dumps
     * @param nanos the longest wait in nanoseconds; zero or less returns at once
     */
    void park(Object blocker, long nanos);

    /** The system's monotonic clock. */
    static Ticker system() {
        return SystemTicker.INSTANCE;
    }
}
