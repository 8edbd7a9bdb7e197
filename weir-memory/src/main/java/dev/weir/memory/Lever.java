package dev.weir.memory;

import dev.weir.pool.PoolSnapshot;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The settings that advice is given on. */
enum Lever {
    /** Fewer connections: a lower maximum, and a minimum no higher than that. */
    MAX {
        @Override
        @Nullable MemoryAdvice advise(Weighed pool) {
            PoolSnapshot.Totals totals = pool.snapshot().totals();
            int needed = (int) Math.max(1, Math.ceil(totals.peakLeased() * (1 + HEADROOM)));
            int going = pool.connections() - needed;
            boolean waited = totals.peakWaiting() > 0;
            if (!pool.isWhole() || going <= 0 || waited || totals.leases() < ENOUGH_LEASES) {
                return null;
            }
            // A pool that shrinks closes its highest slots first.
            List<Long> bytes = pool.weights().stream()
                    .map(one -> one.weight().totalBytes())
                    .toList();
            long saved = bytes.subList(needed, bytes.size()).stream()
                    .mapToLong(Long::longValue)
                    .sum();
            return advice(
                    pool,
                    "max",
                    Integer.toString(pool.settings().max()),
                    Integer.toString(needed),
                    saved,
                    0.05,
                    String.format(
                            Locale.ROOT,
                            "requests wait where more than %d are wanted at once; %d were, at most, and waited %.1f ms at the 99th percentile",
                            needed,
                            totals.peakLeased(),
                            pool.snapshot().waits().quantileNanos(0.99) / 1e6),
                    going + " connections of " + Bytes.text(saved / going) + " each, weighed");
        }

        @Override
        boolean isFollowed(Advisor.Prediction made, Weighed now) {
            return now.settings().max() <= Integer.parseInt(made.advice().to())
                    && now.connections() <= now.settings().max();
        }
    },

    /** Fewer prepared statements on each connection. */
    STATEMENTS {
        @Override
        @Nullable MemoryAdvice advise(Weighed pool) {
            long statements = pool.statements();
            long each = statements / Math.max(1, pool.connections());
            if (!pool.isWhole() || each <= STATEMENTS_KEPT + LATE) {
                return null;
            }
            long going = statements - (long) STATEMENTS_KEPT * pool.connections();
            long saved = Math.round((double) pool.statementBytes() * going / statements);
            return advice(
                    pool,
                    "preparedStatementCacheQueries",
                    each + " in use",
                    Integer.toString(STATEMENTS_KEPT),
                    saved,
                    0.15,
                    "a statement that falls out is prepared and planned again when it comes back",
                    going + " statements of " + Bytes.text(pool.statementBytes() / statements)
                            + " each, by their plans' contexts");
        }

        @Override
        boolean isFollowed(Advisor.Prediction made, Weighed now) {
            return now.isWhole()
                    && now.connections() == made.connections()
                    && now.statements() > 0
                    && now.statements() <= (long) (STATEMENTS_KEPT + LATE) * now.connections();
        }
    };

    /** Connections beyond the most that were ever lent at once. */
    private static final double HEADROOM = 0.25;

    /** A pool that has lent less has shown nothing. */
    private static final long ENOUGH_LEASES = 100;

    private static final int STATEMENTS_KEPT = 25;

    /** A driver closes what falls out of its cache with the next question. */
    private static final int LATE = 2;

    /** Advice from a pool whose connections were all weighed; {@code null} where there is none to give. */
    abstract @Nullable MemoryAdvice advise(Weighed pool);

    /** Whether the pool is by now as it was advised. */
    abstract boolean isFollowed(Advisor.Prediction made, Weighed now);

    private static MemoryAdvice advice(
            Weighed pool,
            String setting,
            String from,
            String to,
            long saves,
            double error,
            String costs,
            String basis) {
        long range = Math.round(saves * error);
        return new MemoryAdvice(
                pool.pool(), setting, from, to, saves, saves - range, saves + range, costs, basis, null, null);
    }
}
