package dev.weir.dashboard;

import java.util.Arrays;

/** The history of one pool, or of the process: by the second for minutes, by coarser steps for a day. For one thread at a time. */
final class Track {

    /** Bytes of a track besides its series: the objects, the name, and its place in a map. */
    static final long OVERHEAD = 512;

    /** How the seconds of a coarse step become one value. */
    enum Merge {
        MEAN,
        MAX
    }

    private final Layout layout;
    private final Merge[] merges;
    private final Ring fine;
    private final Ring coarse;
    private final double[] merged;
    private final int[] counts;
    private long step = Long.MIN_VALUE;

    Track(Layout layout, Merge[] merges) {
        this.layout = layout;
        this.merges = merges;
        this.fine = new Ring(merges.length, layout.seconds);
        this.coarse = new Ring(merges.length, layout.coarseSteps);
        this.merged = new double[merges.length];
        this.counts = new int[merges.length];
    }

    /** The same, kept more coarsely or more finely. What is finer than it was stays as coarse as it is. */
    Track relaid(Layout other) {
        Track track = new Track(other, merges);
        float[] row = new float[merges.length];
        if (coarse.newest() != Long.MIN_VALUE) {
            for (long old = coarse.newest() - coarse.steps() + 1; old <= coarse.newest(); old++) {
                copy(coarse, old, row);
                track.merge(old * layout.coarseStep, row);
            }
        }
        if (step != Long.MIN_VALUE) {
            track.merge(step * layout.coarseStep, current());
        }
        if (fine.newest() != Long.MIN_VALUE) {
            for (long old = fine.newest() - Math.min(other.seconds, fine.steps()) + 1; old <= fine.newest(); old++) {
                copy(fine, old, row);
                track.fine.put(old, row);
            }
        }
        return track;
    }

    /** Adds a second's values; a second that is not after the newest is left out. */
    void add(long second, float[] values) {
        if (second <= fine.newest()) {
            return;
        }
        fine.put(second, values);
        merge(second, values);
    }

    private void merge(long second, float[] values) {
        long its = Math.floorDiv(second, layout.coarseStep);
        if (its != step) {
            flush();
            step = its;
            Arrays.fill(merged, 0);
            Arrays.fill(counts, 0);
        }
        for (int i = 0; i < merges.length; i++) {
            if (!Float.isNaN(values[i])) {
                merged[i] = merges[i] == Merge.MEAN ? merged[i] + values[i] : Math.max(merged[i], values[i]);
                counts[i]++;
            }
        }
    }

    private void flush() {
        if (step != Long.MIN_VALUE) {
            coarse.put(step, current());
        }
    }

    private float[] current() {
        float[] row = new float[merges.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = counts[i] == 0 ? Float.NaN : (float) (merges[i] == Merge.MEAN ? merged[i] / counts[i] : merged[i]);
        }
        return row;
    }

    private static void copy(Ring ring, long step, float[] row) {
        for (int i = 0; i < row.length; i++) {
            row[i] = ring.get(i, step);
        }
    }

    Layout layout() {
        return layout;
    }

    /** The second of the newest value by the second; negative when there is none. */
    long newestSecond() {
        return fine.newest() == Long.MIN_VALUE ? -1 : fine.newest();
    }

    /** The values of a series by the second, the oldest first, up to and with {@code second}. */
    float[] seconds(int series, long second) {
        float[] values = new float[layout.seconds];
        for (int i = 0; i < values.length; i++) {
            values[i] = fine.get(series, second - values.length + 1 + i);
        }
        return values;
    }

    /** The values of a series by coarse steps, the oldest first, up to the step of {@code second}, which is not over yet. */
    float[] coarse(int series, long second) {
        float[] values = new float[layout.coarseSteps];
        long last = Math.floorDiv(second, layout.coarseStep);
        for (int i = 0; i < values.length; i++) {
            values[i] = coarse.get(series, last - values.length + 1 + i);
        }
        if (last == step) {
            values[values.length - 1] = current()[series];
        }
        return values;
    }

    long bytes() {
        return layout.bytes(merges.length);
    }
}
