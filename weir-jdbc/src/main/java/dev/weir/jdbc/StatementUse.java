package dev.weir.jdbc;

import dev.weir.pool.StatementReport;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** What the runs of one statement came to. Thread-safe, without waiting. */
final class StatementUse extends LeastUsed.Entry {

    private static final double NANOS = 1e6;

    private final LongAdder errors = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAccumulator longest = new LongAccumulator(Math::max, 0);

    StatementUse(String text) {
        super(text);
    }

    void ran(long took, boolean failed) {
        uses.increment();
        nanos.add(took);
        if (took > longest.get()) {
            longest.accumulate(took);
        }
        if (failed) {
            errors.increment();
        }
    }

    StatementReport.Statement report() {
        return new StatementReport.Statement(
                name, uses.sum(), errors.sum(), nanos.sum() / NANOS, longest.get() / NANOS);
    }
}
