package dev.weir.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** How long borrowers waited, and held. Each thread has its own; they are joined at the end. Not thread-safe. */
final class Waits {

    private final Histogram waits = new Histogram(3);
    private long heldNanos;
    private long leases;
    private int timeouts;

    void waited(long nanos) {
        waits.recordValue(Math.max(0, nanos));
    }

    void held(long nanos) {
        heldNanos += nanos;
        leases++;
    }

    void timedOut() {
        timeouts++;
    }

    long leases() {
        return leases;
    }

    int timeouts() {
        return timeouts;
    }

    double meanHoldNanos() {
        return leases == 0 ? 0 : (double) heldNanos / leases;
    }

    double millisAt(double percentile) {
        return waits.getValueAtPercentile(percentile) / 1e6;
    }

    double longestMillis() {
        return waits.getMaxValue() / 1e6;
    }

    void add(Waits other) {
        waits.add(other.waits);
        heldNanos += other.heldNanos;
        leases += other.leases;
        timeouts += other.timeouts;
    }

    /** Those of several threads; one that did not come to its own is left out. */
    static Waits joined(@Nullable Waits[] several) {
        Waits all = new Waits();
        for (Waits one : several) {
            if (one != null) {
                all.add(one);
            }
        }
        return all;
    }

    List<Figure> figures(Row row, String variant, String pool) {
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.of(row, variant, pool, "wait p50", millisAt(50), "ms"));
        figures.add(Figure.of(row, variant, pool, "wait p99", millisAt(99), "ms"));
        figures.add(Figure.of(row, variant, pool, "wait p99.9", millisAt(99.9), "ms"));
        figures.add(Figure.of(row, variant, pool, "longest wait", longestMillis(), "ms"));
        return figures;
    }
}
