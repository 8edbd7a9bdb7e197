package dev.weir.pool;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds the size beyond which growing no longer helps. A climb on throughput: while requests wait, take a step up, look
 * what it brought, and take it back when it brought too little; then leave the load alone for twice as long as before.
 * Shrinks to what was used when less than half was, for a while. Housekeeper's thread only; no clock, no side effects.
 */
final class Scaler {

    /** A step must bring this share of what it would bring if throughput grew with size. */
    private static final double WORTHWHILE = 0.2;

    private static final double WAITING_SHARE = 0.05;
    private static final int QUIET_INTERVALS = 10;
    private static final int LONGEST_HOLD = 64;

    /** What is known at a decision; counts since the pool was opened. */
    record Reading(long now, int target, int size, long leases, long waits, int waiting) {}

    /** A new target and the reason for it. */
    record Step(int to, String reason) {}

    private long decidedAt;
    private long leasesThen;
    private long waitsThen;
    private int peak;
    private int quiet;
    private int hold;
    private int nextHold = 2;

    // The last step up, while it is on trial.
    private int steppedFrom;
    private double rateBefore;

    Scaler(long now) {
        decidedAt = now;
    }

    /** Notes how many connections are lent at a pass. */
    void sample(int leased) {
        peak = Math.max(peak, leased);
    }

    boolean isDue(long now, long interval) {
        return now - decidedAt >= interval;
    }

    @Nullable Step decide(Reading reading, int min, int max) {
        double seconds = Math.max(1e-9, (reading.now() - decidedAt) / 1e9);
        long leases = reading.leases() - leasesThen;
        long waits = reading.waits() - waitsThen;
        double rate = leases / seconds;
        int used = peak;
        decidedAt = reading.now();
        leasesThen = reading.leases();
        waitsThen = reading.waits();
        peak = 0;
        boolean pressed = reading.waiting() > 0 || waits > WAITING_SHARE * leases;
        if (hold > 0) {
            hold--;
        }
        if (pressed) {
            quiet = 0;
            return climb(reading, rate, max);
        }
        steppedFrom = 0;
        return rest(reading, used, min);
    }

    private @Nullable Step climb(Reading reading, double rate, int max) {
        int target = reading.target();
        if (reading.size() < target) {
            return null; // the last step is not there yet
        }
        if (steppedFrom > 0) {
            int from = steppedFrom;
            double gain = rate / Math.max(1e-9, rateBefore) - 1;
            steppedFrom = 0;
            if (gain < WORTHWHILE * ((double) target / from - 1)) {
                hold = nextHold;
                nextHold = Math.min(LONGEST_HOLD, nextHold * 2);
                return new Step(from, text("taken back: %d -> %d brought %+.1f %% leases/s", from, target, gain * 100));
            }
            nextHold = 2;
        }
        if (hold > 0 || target >= max) {
            return null;
        }
        steppedFrom = target;
        rateBefore = rate;
        int to = Math.min(max, target + Math.max(1, target / 2));
        return new Step(to, text("%d waiting at %.0f leases/s", reading.waiting(), rate));
    }

    private @Nullable Step rest(Reading reading, int used, int min) {
        if (used * 2 > reading.target() || reading.target() <= min) {
            quiet = 0;
            return null;
        }
        if (++quiet < QUIET_INTERVALS) {
            return null;
        }
        quiet = 0;
        int to = Math.max(min, Math.max(used + 1, reading.target() / 2));
        return to >= reading.target() ? null : new Step(to, text("at most %d of %d in use", used, reading.target()));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
