package dev.weir.memory;

import dev.weir.pool.ManagedPool;
import dev.weir.pool.PoolSettings;
import dev.weir.pool.PoolSnapshot;
import dev.weir.pool.SlotWeight;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** A pool at a moment at which advice can be given: its settings, its counts, and the weights of all its connections. */
record Weighed(String pool, PoolSettings settings, PoolSnapshot snapshot, List<SlotWeight> weights) {

    static Weighed of(ManagedPool pool) {
        List<SlotWeight> known = pool.weights().stream()
                .filter(one -> one.weight().isKnown())
                .sorted(Comparator.comparingInt(SlotWeight::slot))
                .toList();
        return new Weighed(pool.name(), pool.settings(), pool.snapshot(), known);
    }

    int connections() {
        return snapshot.idle() + snapshot.leased();
    }

    /** Whether every connection was weighed; else nothing is predicted. */
    boolean isWhole() {
        return !weights.isEmpty() && weights.size() == connections();
    }

    /** Whether each of them was weighed within this time. */
    boolean isNewerThan(Duration age) {
        return isWhole() && weights.stream().allMatch(one -> one.since().compareTo(age) < 0);
    }

    long totalBytes() {
        return weights.stream().mapToLong(one -> one.weight().totalBytes()).sum();
    }

    /** Prepared statements on all servers' sides; 0 where that is not told. */
    long statements() {
        return weights.stream()
                .mapToLong(one -> Math.max(0, one.weight().statements()))
                .sum();
    }

    long statementBytes() {
        return weights.stream()
                .mapToLong(one -> Math.max(0, one.weight().statementBytes()))
                .sum();
    }
}
