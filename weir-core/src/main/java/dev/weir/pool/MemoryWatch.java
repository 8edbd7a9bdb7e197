package dev.weir.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * How pools weigh their connections, and what they do about what they find. Immutable; off until it is given to {@link
 * Pool#watchMemory} or the manager.
 *
 * <p>Only idle connections are weighed, on Weir's worker threads, as a check is: never while requests wait, and never the last
 * idle connection of a pool that borrows every second.
 *
 * @param interval how old a connection's weight may become before it is weighed again
 * @param perPass connections of one pool that are weighed at the same time, at most
 * @param driverWeigher weighs a connection's objects in this process, given another connection of the pool or {@code null}:
 *     what both reach is neither's; negative: it could not. {@code null}: nobody weighs them
 * @param chargeServer whether the memory budget pays for what the servers hold, too
 * @param bloatBytes a connection that holds more is retired; zero: no such bound
 * @param bloatFactor a connection that holds so many times what the pool's youngest seasoned one holds is retired; zero: no such bound
 * @param bloatLeast bytes above that youngest one that are not worth a retirement
 * @param seasoning how old a connection is before others are measured by it: a new one has done nothing yet
 * @param bloatPause the least time from one such retirement in a pool to the next
 */
public record MemoryWatch(
        Duration interval,
        int perPass,
        @Nullable ToLongBiFunction<Object, @Nullable Object> driverWeigher,
        boolean chargeServer,
        long bloatBytes,
        double bloatFactor,
        long bloatLeast,
        Duration seasoning,
        Duration bloatPause) {

    /** The most connections of a pool that may be weighed at the same time. */
    public static final int MAX_PER_PASS = 16;

    /**
     * Validates.
     *
     * @throws InvalidSettingsException listing every problem
     */
    public MemoryWatch {
        List<String> problems = new ArrayList<>();
        if (interval.isNegative() || interval.isZero()) {
            problems.add("interval is " + interval + ": use more than zero");
        }
        if (perPass < 1 || perPass > MAX_PER_PASS) {
            problems.add("perPass is " + perPass + ": use 1 to " + MAX_PER_PASS);
        }
        if (bloatBytes < 0) {
            problems.add("bloatBytes is " + bloatBytes + ": use 0 or more bytes");
        }
        if (!(bloatFactor == 0 || (bloatFactor > 1 && bloatFactor < Double.POSITIVE_INFINITY))) {
            problems.add("bloatFactor is " + bloatFactor + ": use more than 1, or 0 for no such bound");
        }
        if (bloatLeast < 0) {
            problems.add("bloatLeast is " + bloatLeast + ": use 0 or more bytes");
        }
        if (seasoning.isNegative() || bloatPause.isNegative()) {
            problems.add("seasoning is " + seasoning + " and bloatPause " + bloatPause + ": use zero or more");
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException("This memory watch", problems);
        }
    }

    /**
     * Weighs each connection once a minute, two of a pool at a time; retires one that holds more than 64 MB, or 4 times and 16 MB more than
     * the youngest of those open for 5 minutes, one a minute at most.
     */
    public static MemoryWatch standard() {
        return new Builder().build();
    }

    /** A builder that starts from {@link #standard()}. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects settings. Not thread-safe. */
    public static final class Builder {
        private Duration interval = Duration.ofMinutes(1);
        private int perPass = 2;
        private @Nullable ToLongBiFunction<Object, @Nullable Object> driverWeigher;
        private boolean chargeServer;
        private long bloatBytes = 64L << 20;
        private double bloatFactor = 4;
        private long bloatLeast = 16L << 20;
        private Duration seasoning = Duration.ofMinutes(5);
        private Duration bloatPause = Duration.ofMinutes(1);

        private Builder() {}

        /** Sets {@link MemoryWatch#interval()}. */
        public Builder interval(Duration value) {
            interval = value;
            return this;
        }

        /** Sets {@link MemoryWatch#perPass()}. */
        public Builder perPass(int value) {
            perPass = value;
            return this;
        }

        /** Sets {@link MemoryWatch#driverWeigher()}. */
        public Builder driverWeigher(@Nullable ToLongBiFunction<Object, @Nullable Object> value) {
            driverWeigher = value;
            return this;
        }

        /** Sets {@link MemoryWatch#chargeServer()}. */
        public Builder chargeServer(boolean value) {
            chargeServer = value;
            return this;
        }

        /** Sets {@link MemoryWatch#bloatBytes()}. */
        public Builder bloatBytes(long value) {
            bloatBytes = value;
            return this;
        }

        /** Sets {@link MemoryWatch#bloatFactor()}. */
        public Builder bloatFactor(double value) {
            bloatFactor = value;
            return this;
        }

        /** Sets {@link MemoryWatch#bloatLeast()}. */
        public Builder bloatLeast(long value) {
            bloatLeast = value;
            return this;
        }

        /** Sets {@link MemoryWatch#seasoning()}. */
        public Builder seasoning(Duration value) {
            seasoning = value;
            return this;
        }

        /** Sets {@link MemoryWatch#bloatPause()}. */
        public Builder bloatPause(Duration value) {
            bloatPause = value;
            return this;
        }

        /**
         * Validates and builds.
         *
         * @throws InvalidSettingsException listing every problem
         */
        public MemoryWatch build() {
            return new MemoryWatch(
                    interval,
                    perPass,
                    driverWeigher,
                    chargeServer,
                    bloatBytes,
                    bloatFactor,
                    bloatLeast,
                    seasoning,
                    bloatPause);
        }
    }
}
