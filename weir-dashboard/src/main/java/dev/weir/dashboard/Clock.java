package dev.weir.dashboard;

import dev.weir.time.Ticker;

/** Tells moments of the pools' ticker as times of day. */
final class Clock {

    private final Ticker ticker;

    Clock(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Now, in milliseconds since 1970. */
    long millis() {
        return System.currentTimeMillis();
    }

    /** Now, in whole seconds since 1970. */
    long second() {
        return Math.floorDiv(millis(), 1000L);
    }

    /** When a moment of the ticker was, in milliseconds since 1970. */
    long millis(long nanos) {
        return millis() - (ticker.nanos() - nanos) / 1_000_000;
    }
}
