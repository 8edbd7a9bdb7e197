package dev.weir.dashboard;

import java.util.Arrays;

/**
 * The newest values of several series at equal steps of time, in one array; what is missing is not a number. For one
 * thread at a time.
 */
final class Ring {

    private static final long HEADER = 64;

    private final int steps;
    private final float[] values;
    private long newest = Long.MIN_VALUE;

    Ring(int series, int steps) {
        this.steps = steps;
        this.values = new float[series * steps];
        Arrays.fill(values, Float.NaN);
    }

    static long bytes(int series, int steps) {
        return HEADER + 4L * series * steps;
    }

    /** Sets the values of a step, which must not lie before the newest; the steps between become gaps. */
    void put(long step, float[] of) {
        if (newest != Long.MIN_VALUE) {
            for (long gap = Math.max(newest + 1, step - steps + 1); gap < step; gap++) {
                Arrays.fill(values, place(gap), place(gap) + of.length, Float.NaN);
            }
        }
        newest = Math.max(newest, step);
        System.arraycopy(of, 0, values, place(step), of.length);
    }

    /** The newest step, or {@link Long#MIN_VALUE} when there is none. */
    long newest() {
        return newest;
    }

    /** The value of a series at a step; not a number when it is unknown, or has fallen out. */
    float get(int series, long step) {
        if (newest == Long.MIN_VALUE || step > newest || step <= newest - steps) {
            return Float.NaN;
        }
        return values[place(step) + series];
    }

    int steps() {
        return steps;
    }

    private int place(long step) {
        return (int) Math.floorMod(step, (long) steps) * (values.length / steps);
    }
}
