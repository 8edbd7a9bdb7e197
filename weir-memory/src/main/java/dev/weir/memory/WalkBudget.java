package dev.weir.memory;

import java.time.Duration;

/**
 * What an analysis may use. Where it is used up, what was not walked is extrapolated and marked so.
 *
 * @param objects objects to look at: a third of them for the search for owners, the rest for the walks
 * @param time the time for both, in which its thread is at work: on a busy machine more goes by
 */
public record WalkBudget(long objects, Duration time) {

    /** 2,000,000 objects and 3 s. */
    public static final WalkBudget DEFAULT = new WalkBudget(2_000_000, Duration.ofSeconds(3));

    /** Checks that both are positive. */
    public WalkBudget {
        if (objects <= 0 || time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException(
                    "a budget has objects and time, both more than 0: " + objects + " objects, " + time);
        }
    }
}
