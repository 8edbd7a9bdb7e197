package dev.weir.time;

/**
 * A source of monotonic time. Differences between two readings mean something, a single reading does not.
 *
 * <p>Safe for use from many threads.
 */
@FunctionalInterface
public interface Ticker {

    /** Returns the current reading, in nanoseconds; may wrap around. */
    long read();

    /** Returns the ticker of the running JVM, {@link System#nanoTime()}. */
    static Ticker system() {
        return System::nanoTime;
    }
}
