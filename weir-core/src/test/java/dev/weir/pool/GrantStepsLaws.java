package dev.weir.pool;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** Grants that follow a weight. */
class GrantStepsLaws {

    private static final long MOST = 1L << 40;

    @Property
    void aStepIsBoundedAndTowardsTheWeight(
            @ForAll @LongRange(max = MOST) long granted,
            @ForAll @LongRange(max = MOST) long weighed,
            @ForAll @LongRange(min = 1, max = 1 << 20) long floor) {
        long next = GrantSteps.next(granted, weighed, floor);
        long target = Math.max(floor, weighed);
        assertThat(next).isBetween(Math.min(granted, target), Math.max(granted, target));
        assertThat(next).isBetween(granted - granted / 2, granted + Math.max(granted, floor));
    }

    @Property
    void repeatedStepsComeToTheWeightAndStay(
            @ForAll @LongRange(max = MOST) long granted,
            @ForAll @LongRange(max = MOST) long weighed,
            @ForAll @LongRange(min = 1, max = 1 << 20) long floor) {
        long now = granted;
        for (int i = 0; i < 200; i++) {
            now = GrantSteps.next(now, weighed, floor);
        }
        long target = Math.max(floor, weighed);
        assertThat(Math.abs(target - now)).isLessThanOrEqualTo(Math.max(now, target) / 16);
        assertThat(GrantSteps.next(now, weighed, floor)).isEqualTo(now);
        assertThat(now).isGreaterThanOrEqualTo(floor - floor / 16);
    }
}
