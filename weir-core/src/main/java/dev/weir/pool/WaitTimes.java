package dev.weir.pool;

/**
 * How long requests waited for a connection, as a histogram that keeps the relative error of a value below 25 %.
 * Leases that found an idle connection count as waits of zero: the pool reads no clock for them.
 *
 * <p>Immutable.
 */
public final class WaitTimes {

    /** Two buckets for each doubling, from a microsecond to over an hour. */
    static final int BUCKETS = 66;

    private static final int SMALLEST_EXPONENT = 10;

    private final long immediate;
    private final long[] buckets;
    private final long maxNanos;

    WaitTimes(long immediate, long[] buckets, long maxNanos) {
        this.immediate = immediate;
        this.buckets = buckets;
        this.maxNanos = maxNanos;
    }

    /** Nothing counted: no waits, or a pool that does not tell how long its requests waited. */
    public static WaitTimes none() {
        return new WaitTimes(0, new long[BUCKETS], 0);
    }

    /** These waits and others together. */
    public WaitTimes plus(WaitTimes other) {
        long[] sums = buckets.clone();
        for (int i = 0; i < sums.length; i++) {
            sums[i] += other.buckets[i];
        }
        return new WaitTimes(immediate + other.immediate, sums, Math.max(maxNanos, other.maxNanos));
    }

    /** Leases that did not wait. */
    public long immediate() {
        return immediate;
    }

    /** The longest wait, in nanoseconds. */
    public long maxNanos() {
        return maxNanos;
    }

    /** How many waits ended in a bucket; bucket {@code i} ends at {@link #upperNanos(int)}. */
    public long bucket(int i) {
        return buckets[i];
    }

    /** The bucket that a wait belongs to. */
    static int bucketOf(long nanos) {
        if (nanos < 1L << SMALLEST_EXPONENT) {
            return 0;
        }
        int exponent = 63 - Long.numberOfLeadingZeros(nanos);
        int upperHalf = (int) (nanos >>> (exponent - 1)) & 1;
        return Math.min(BUCKETS - 1, 2 * (exponent - SMALLEST_EXPONENT) + upperHalf);
    }

    /** The exclusive upper end of a bucket, in nanoseconds. */
    public static long upperNanos(int bucket) {
        int exponent = SMALLEST_EXPONENT + bucket / 2;
        return bucket % 2 == 0 ? (1L << exponent) + (1L << (exponent - 1)) : 1L << (exponent + 1);
    }

    /** All leases counted. */
    public long count() {
        long sum = immediate;
        for (long bucket : buckets) {
            sum += bucket;
        }
        return sum;
    }

    /**
     * The wait, in nanoseconds, that the given share of leases did not exceed; zero when nothing was counted.
     *
     * @param quantile between 0 and 1, such as 0.99
     */
    public long quantileNanos(double quantile) {
        long rank = (long) Math.ceil(quantile * count());
        long seen = immediate;
        if (rank <= seen) {
            return 0;
        }
        for (int i = 0; i < buckets.length; i++) {
            seen += buckets[i];
            if (rank <= seen) {
                return Math.min(upperNanos(i), maxNanos);
            }
        }
        return maxNanos;
    }

    /** What was counted since {@code earlier}; the maximum stays that of the whole time. */
    public WaitTimes since(WaitTimes earlier) {
        long[] difference = buckets.clone();
        for (int i = 0; i < Math.min(difference.length, earlier.buckets.length); i++) {
            difference[i] -= earlier.buckets[i];
        }
        return new WaitTimes(immediate - earlier.immediate, difference, maxNanos);
    }
}
