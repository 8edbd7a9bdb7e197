package dev.weir.server.load;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** A pool under load, its users' work, and what became of the operations sent through it. Thread-safe. */
public final class Lane {

    /** Longer ones count as this long. */
    private static final long LONGEST_MICROS = 600_000_000L;

    private final String pool;
    private final PoolKind kind;
    private final int users;
    private final Duration pause;
    private final Function<RandomGenerator, Work> work;
    private final Failures failures;
    private final Histogram latency = new ConcurrentHistogram(LONGEST_MICROS, 3);

    private final LongAdder completed = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder timedOut = new LongAdder();
    private final LongAdder conflicts = new LongAdder();
    private final LongAdder uncertain = new LongAdder();
    private final LongAdder wrong = new LongAdder();
    private final LongAdder errors = new LongAdder();

    /**
     * A lane.
     *
     * @param pool the pool's name
     * @param users how many work on it
     * @param pause how long a user rests between two operations, give or take half of it; zero: not at all
     * @param work makes each user's work, from a source of chance of the user's own
     * @param failures where its errors are counted by kind
     */
    public Lane(
            String pool,
            PoolKind kind,
            int users,
            Duration pause,
            Function<RandomGenerator, Work> work,
            Failures failures) {
        this.pool = pool;
        this.kind = kind;
        this.users = users;
        this.pause = pause;
        this.work = work;
        this.failures = failures;
    }

    /** The pool's name. */
    public String pool() {
        return pool;
    }

    /** What its connections speak. */
    public PoolKind kind() {
        return kind;
    }

    /** Users that work on this pool. */
    public int users() {
        return users;
    }

    /** The kinds of its errors. */
    public Failures failures() {
        return failures;
    }

    Work newWork(RandomGenerator random) {
        return work.apply(random);
    }

    /** Nanoseconds to the next operation. */
    long pauseNanos(RandomGenerator random) {
        long nanos = pause.toNanos();
        return nanos == 0 ? 0 : nanos / 2 + random.nextLong(nanos + 1);
    }

    /** An operation was carried out. */
    void took(long nanos) {
        completed.increment();
        latency.recordValue(Math.min(LONGEST_MICROS, Math.max(1, nanos / 1_000)));
    }

    /**
     * An operation failed.
     *
     * @param over whether the run is over: its connections are taken away then, and what fails was not lost by the pools
     */
    void failed(Meaning meaning, Throwable failure, boolean over) {
        switch (meaning) {
            case REJECTED -> rejected.increment();
            case CONFLICT -> conflicts.increment();
            case UNCERTAIN -> uncertain.increment();
            case WRONG -> wrong.increment();
            default -> {
                // Counted below.
            }
        }
        boolean error = meaning != Meaning.REJECTED && meaning != Meaning.CONFLICT && meaning != Meaning.OVER;
        // A wrong answer is wrong at any time.
        if (error && (!over || meaning == Meaning.WRONG)) {
            if (meaning == Meaning.TIMED_OUT) {
                timedOut.increment();
            }
            errors.increment();
            failures.count(failure);
        }
    }

    /** The counts as they stand. */
    public Counts counts() {
        return new Counts(
                completed.sum(),
                rejected.sum(),
                timedOut.sum(),
                conflicts.sum(),
                uncertain.sum(),
                wrong.sum(),
                errors.sum());
    }

    /** A copy of the latencies of operations that were carried out, in microseconds. */
    public Histogram latencyMicros() {
        return latency.copy();
    }

    /**
     * What became of operations.
     *
     * @param completed carried out, and answered so; for a transaction: committed
     * @param rejected turned away by the pool's queue; the user came back later
     * @param timedOut waited in vain for a connection; also an error
     * @param conflicts ended by the server for a conflict with another and begun again; not an error
     * @param uncertain the answer was lost, so that they may have been carried out or not; also an error
     * @param wrong answered with what belongs to another question; also an error
     * @param errors failed for any other reason than a rejection or a conflict
     */
    public record Counts(
            long completed, long rejected, long timedOut, long conflicts, long uncertain, long wrong, long errors) {

        /** No operations. */
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);

        /** The sum of both. */
        public Counts plus(Counts other) {
            return new Counts(
                    completed + other.completed,
                    rejected + other.rejected,
                    timedOut + other.timedOut,
                    conflicts + other.conflicts,
                    uncertain + other.uncertain,
                    wrong + other.wrong,
                    errors + other.errors);
        }
    }
}
