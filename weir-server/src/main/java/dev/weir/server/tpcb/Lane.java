package dev.weir.server.tpcb;

import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** A pool under load and what became of the transactions sent through it. Thread-safe. */
public final class Lane {

    /** Longer ones count as this long. */
    private static final long LONGEST_MICROS = 600_000_000L;

    private final String pool;
    private final DataSource source;
    private final int users;
    private final Histogram latency = new ConcurrentHistogram(LONGEST_MICROS, 3);

    final LongAdder committed = new LongAdder();
    final LongAdder rejected = new LongAdder();
    final LongAdder timedOut = new LongAdder();
    final LongAdder conflicts = new LongAdder();
    final LongAdder uncertain = new LongAdder();
    final LongAdder errors = new LongAdder();

    /** A lane for so many users. */
    public Lane(String pool, DataSource source, int users) {
        this.pool = pool;
        this.source = source;
        this.users = users;
    }

    /** The pool's name. */
    public String pool() {
        return pool;
    }

    /** Users that work on this pool. */
    public int users() {
        return users;
    }

    DataSource source() {
        return source;
    }

    void took(long nanos) {
        latency.recordValue(Math.min(LONGEST_MICROS, Math.max(1, nanos / 1_000)));
    }

    /** The counts as they stand. */
    public Counts counts() {
        return new Counts(
                committed.sum(), rejected.sum(), timedOut.sum(), conflicts.sum(), uncertain.sum(), errors.sum());
    }

    /** A copy of the latencies of committed transactions, in microseconds. */
    public Histogram latencyMicros() {
        return latency.copy();
    }

    /**
     * What became of transactions.
     *
     * @param committed the commit was confirmed
     * @param rejected turned away by the pool's queue; the user came back later
     * @param timedOut waited in vain for a connection; also an error
     * @param conflicts ended by the database for a conflict with another and begun again; not an error
     * @param uncertain the answer to the commit was lost; also an error
     * @param errors failed for any other reason than a rejection or a conflict
     */
    public record Counts(long committed, long rejected, long timedOut, long conflicts, long uncertain, long errors) {

        /** No transactions. */
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

        /** The sum of both. */
        public Counts plus(Counts other) {
            return new Counts(
                    committed + other.committed,
                    rejected + other.rejected,
                    timedOut + other.timedOut,
                    conflicts + other.conflicts,
                    uncertain + other.uncertain,
                    errors + other.errors);
        }
    }
}
