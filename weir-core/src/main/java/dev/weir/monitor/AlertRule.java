package dev.weir.monitor;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * When to raise an alert and when to clear it: with two thresholds and a time for each, so that a figure that wavers
 * around one value does not flap (hysteresis).
 *
 * @param name unique among the rules of a pool, with dashes
 * @param measure the figure judged, a pure function of a sample; a value that is not a number changes nothing
 * @param raiseAt the alert is raised once the figure is this or more for {@code raiseAfter}
 * @param clearAt and cleared once it is this or less for {@code clearAfter}; at most {@code raiseAt}
 * @param raiseAfter zero: at the first such sample
 * @param clearAfter zero: at the first such sample
 * @param meaning what it means, in words; the figure and the threshold are added
 */
public record AlertRule(
        String name,
        ToDoubleFunction<PoolSample> measure,
        double raiseAt,
        double clearAt,
        Duration raiseAfter,
        Duration clearAfter,
        String meaning) {

    /**
     * Validates.
     *
     * @throws IllegalArgumentException if the name is blank, the thresholds are crossed or a time is negative
     */
    public AlertRule {
        Objects.requireNonNull(measure, "measure");
        Objects.requireNonNull(meaning, "meaning");
        if (name.isBlank()) {
            throw new IllegalArgumentException("an alert rule needs a name");
        }
        if (!(clearAt <= raiseAt)) {
            throw new IllegalArgumentException("alert rule " + name + " clears at " + clearAt + ", above the " + raiseAt
                    + " it is raised at: it would flap");
        }
        if (raiseAfter.isNegative() || clearAfter.isNegative()) {
            throw new IllegalArgumentException("alert rule " + name + " has a negative time: use zero or more");
        }
    }

    String message(double value) {
        return String.format(Locale.ROOT, "%s (%.2f, raised at %.2f)", meaning, value, raiseAt);
    }
}
