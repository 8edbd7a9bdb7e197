package dev.weir.benchmarks.compare;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A {@link Tally} for each lane. Thread-safe. */
final class Tallies {

    private final Map<Lane, Tally> tallies = new EnumMap<>(Lane.class);

    /** @param from orders intended before this are not counted */
    Tallies(long from) {
        for (Lane lane : Lane.values()) {
            tallies.put(lane, new Tally(from));
        }
    }

    Tally of(Lane lane) {
        return Objects.requireNonNull(tallies.get(lane));
    }

    boolean areComplete() {
        return tallies.values().stream().allMatch(Tally::isComplete);
    }

    Map<String, LaneResult> results(double seconds) {
        Map<String, LaneResult> results = new TreeMap<>();
        tallies.forEach((lane, tally) -> results.put(lane.name(), tally.result(seconds)));
        return results;
    }
}
