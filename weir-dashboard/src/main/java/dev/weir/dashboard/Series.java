package dev.weir.dashboard;

import dev.weir.monitor.PoolSample;
import java.util.function.ToDoubleFunction;

/** What is remembered of a pool, second by second. */
enum Series {
    LEASED(0, "leased", Track.Merge.MEAN, PoolSample::leased),
    IDLE(1, "idle", Track.Merge.MEAN, PoolSample::idle),
    OPENING(2, "opening", Track.Merge.MEAN, PoolSample::opening),
    WAITING(3, "waiting", Track.Merge.MAX, PoolSample::waiting),
    TARGET(4, "target", Track.Merge.MAX, PoolSample::target),
    RATE(5, "leasesPerSecond", Track.Merge.MEAN, PoolSample::leasesPerSecond),
    P50(6, "waitP50Ms", Track.Merge.MAX, sample -> sample.p50WaitNanos() / 1e6),
    P99(7, "waitP99Ms", Track.Merge.MAX, sample -> sample.p99WaitNanos() / 1e6),
    ERRORS(8, "errorsPerSecond", Track.Merge.MEAN, Series::errorsPerSecond),
    BYTES(9, "grantedBytes", Track.Merge.MEAN, PoolSample::grantedBytes);

    /** Its place among the values of a moment. */
    final int place;

    final String id;
    private final Track.Merge merge;

    @SuppressWarnings("ImmutableEnumChecker") // they keep nothing
    private final ToDoubleFunction<PoolSample> figure;

    Series(int place, String id, Track.Merge merge, ToDoubleFunction<PoolSample> figure) {
        this.place = place;
        this.id = id;
        this.merge = merge;
        this.figure = figure;
    }

    static Track.Merge[] merges() {
        Track.Merge[] merges = new Track.Merge[values().length];
        for (Series series : values()) {
            merges[series.place] = series.merge;
        }
        return merges;
    }

    static float[] of(PoolSample sample) {
        float[] row = new float[values().length];
        for (Series series : values()) {
            row[series.place] = (float) series.figure.applyAsDouble(sample);
        }
        return row;
    }

    /** Requests that were turned away or timed out, and failures to connect; zero for a first sample, which covers no time. */
    static double errorsPerSecond(PoolSample sample) {
        long errors = sample.rejected() + sample.timedOut() + sample.connectFailures();
        return sample.sinceNanos() <= 0 ? 0 : errors * 1e9 / sample.sinceNanos();
    }
}
