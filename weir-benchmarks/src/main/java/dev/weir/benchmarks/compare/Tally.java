package dev.weir.benchmarks.compare;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Counts what is ordered and answered on one lane, from the end of the ramp on. Thread-safe. */
final class Tally {

    private static final long LONGEST = TimeUnit.MINUTES.toNanos(10);

    private final Histogram latencies = new Histogram(LONGEST, 3);
    private final long from;
    private long offered;
    private long done;
    private long failed;
    private long rows;

    /** @param from orders intended before this are not counted */
    Tally(long from) {
        this.from = from;
    }

    synchronized void offered(long intended) {
        if (intended - from >= 0) {
            offered++;
        }
    }

    /** @param result what came of it; below zero if it failed */
    synchronized void answered(long intended, long now, long result) {
        if (intended - from < 0) {
            return;
        }
        latencies.recordValue(Math.min(LONGEST, Math.max(0, now - intended)));
        if (result < 0) {
            failed++;
        } else {
            done++;
            rows += result;
        }
    }

    synchronized boolean isComplete() {
        return done + failed >= offered;
    }

    synchronized LaneResult result(double seconds) {
        return new LaneResult(
                offered,
                done,
                offered - done,
                rows,
                done / seconds,
                millis(50),
                millis(99),
                millis(99.9),
                latencies.getMaxValue() / 1e6);
    }

    private double millis(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e6;
    }
}
