package dev.weir.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BoundedHistoryLaws {

    @Property(tries = 200)
    void itHoldsTheNewestWithinBothBoundsAndCountsTheRest(
            @ForAll @IntRange(min = 1, max = 20) int maxEntries,
            @ForAll @IntRange(min = 1, max = 200) int maxBytes,
            @ForAll List<@IntRange(min = 0, max = 60) Integer> weights) {
        BoundedHistory<Integer> history = new BoundedHistory<>(maxEntries, maxBytes, Integer::longValue);
        List<Integer> fitting = new ArrayList<>();
        for (int weight : weights) {
            history.add(weight);
            if (weight <= maxBytes) {
                fitting.add(weight);
            }
            assertThat(history.size()).isLessThanOrEqualTo(maxEntries);
            assertThat(history.bytes()).isLessThanOrEqualTo(maxBytes);
        }
        List<Integer> kept = history.snapshot();
        assertThat(kept).isEqualTo(fitting.subList(fitting.size() - kept.size(), fitting.size()));
        assertThat(history.bytes())
                .isEqualTo(kept.stream().mapToLong(Integer::longValue).sum());
        assertThat(history.dropped() + kept.size()).isEqualTo(weights.size());
    }

    @Property(tries = 100)
    void forgettingKeepsOrderAndBooks(
            @ForAll List<@IntRange(min = 0, max = 60) Integer> weights,
            @ForAll @IntRange(min = 0, max = 60) int bound) {
        BoundedHistory<Integer> history = new BoundedHistory<>(1000, Long.MAX_VALUE, Integer::longValue);
        weights.forEach(history::add);
        history.forget(weight -> weight >= bound);
        List<Integer> left = weights.stream().filter(weight -> weight < bound).toList();
        assertThat(history.snapshot()).isEqualTo(left);
        assertThat(history.bytes())
                .isEqualTo(left.stream().mapToLong(Integer::longValue).sum());
        assertThat(history.dropped()).isEqualTo(weights.size() - left.size());
    }
}
