package dev.weir.monitor;

import java.time.Duration;

/**
 * Tells steady growth from a figure that goes up and down: the least of each window is compared with the least of the window before. Not
 * thread-safe.
 */
public final class SteadyGrowth {

    /** Less than a hundredth is no growth. */
    private static final double NOISE = 0.01;

    private final long windowNanos;
    private boolean begun;
    private long windowBegan;
    private long least;
    private boolean hasBefore;
    private long leastBefore;
    private int rises;

    /** Nothing seen yet. */
    public SteadyGrowth(Duration window) {
        this.windowNanos = window.toNanos();
    }

    /**
     * Takes a value; after a gap of two windows or more it begins anew.
     *
     * @param nanos when; times must not run backwards
     * @return windows in a row that have risen, as of the last whole one
     */
    public int look(long nanos, long value) {
        long into = nanos - windowBegan;
        if (!begun || into >= 2 * windowNanos) {
            begin(nanos, value);
            hasBefore = false;
            rises = 0;
        } else if (into >= windowNanos) {
            boolean rose = hasBefore && least - leastBefore > Math.max(1, Math.abs(leastBefore) * NOISE);
            rises = rose ? rises + 1 : 0;
            leastBefore = least;
            hasBefore = true;
            begin(nanos, value);
        } else {
            least = Math.min(least, value);
        }
        return rises;
    }

    private void begin(long nanos, long value) {
        begun = true;
        windowBegan = nanos;
        least = value;
    }
}
