package dev.weir.monitor;

import dev.weir.event.PoolEvent;

/**
 * What history entries weigh on the heap, in bytes: the layout of a 64-bit HotSpot with compressed references, rounded
 * up. Names of pools, rules and enum constants are shared with the pool and weigh nothing here.
 */
final class Weights {

    /** An entry's place in a history: the record that holds it and its weight, and the reference to that. */
    private static final long PLACE = 24 + 4;

    private static final long HEADER = 12;
    private static final long DURATION = 24;
    private static final long REFERENCE = 4;
    /** A string and the header of its array of bytes. */
    private static final long STRING = 24 + 16;

    private Weights() {}

    static long of(PoolSample sample) {
        return PLACE + aligned(HEADER + 17 * Long.BYTES + 10 * Integer.BYTES + 1);
    }

    static long of(PoolEvent.Scaled event) {
        return PLACE + aligned(HEADER + 2 * REFERENCE + Long.BYTES + 2 * Integer.BYTES) + of(event.reason());
    }

    /** An alert raised or cleared. */
    static long ofAlert(PoolEvent event) {
        long text = event instanceof PoolEvent.AlertRaised raised ? of(raised.message()) : DURATION;
        return PLACE + aligned(HEADER + 3 * REFERENCE + Long.BYTES) + text;
    }

    static long of(PoolEvent.LeakDetected event) {
        long bytes = PLACE + aligned(HEADER + 5 * REFERENCE + Long.BYTES + Integer.BYTES) + DURATION;
        bytes += of(event.holder()) + aligned(HEADER + REFERENCE + 16);
        for (String frame : event.stack()) {
            bytes += REFERENCE + of(frame);
        }
        return bytes;
    }

    private static long of(String text) {
        boolean latin1 = text.chars().allMatch(letter -> letter < 256);
        return STRING + aligned(latin1 ? text.length() : 2L * text.length());
    }

    private static long aligned(long bytes) {
        return (bytes + 7) / 8 * 8;
    }
}
