package dev.weir.memory;

import dev.weir.pool.ManagedPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Advises what settings of pools would save, and remembers what it predicted, to say what came of it. Thread-safe; holds as much as two
 * predictions a pool.
 */
final class Advisor {

    /** Predictions for pools that are gone are kept for as long as there are not more: they may be opened again with what was advised. */
    private static final int MAX_KEPT = 256;

    /** By pool and setting. */
    private final Map<String, Prediction> made = new LinkedHashMap<>();

    /** Advice that is open, and outcomes of advice that was followed. */
    synchronized List<MemoryAdvice> advice(List<ManagedPool> pools) {
        List<MemoryAdvice> all = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (ManagedPool pool : pools) {
            Weighed weighed = Weighed.of(pool);
            for (Lever lever : Lever.values()) {
                String key = pool.name() + '\n' + lever;
                known.add(key);
                Prediction earlier = made.get(key);
                if (earlier != null && lever.isFollowed(earlier, weighed)) {
                    Prediction settled = earlier.settled(weighed);
                    made.put(key, settled);
                    all.add(settled.advice());
                    continue;
                }
                if (!weighed.isWhole()) {
                    continue; // nothing can be said of it now, and what was said stands
                }
                MemoryAdvice open = lever.advise(weighed);
                if (open == null) {
                    made.computeIfPresent(key, (same, old) -> old.advice().outcomeBytes() == null ? null : old);
                } else {
                    made.put(key, new Prediction(open, weighed.totalBytes(), weighed.connections(), System.nanoTime()));
                    all.add(open);
                }
            }
        }
        if (made.size() > MAX_KEPT) {
            made.keySet().retainAll(known);
        }
        return all;
    }

    /**
     * What was predicted, and from where.
     *
     * @param advice the advice
     * @param bytes what the pool's connections held then
     * @param connections how many there were
     * @param nanos when, on {@link System#nanoTime}
     */
    record Prediction(MemoryAdvice advice, long bytes, int connections, long nanos) {

        /** With its outcome, once all connections were weighed after it; what was measured first stays. */
        Prediction settled(Weighed now) {
            return advice.outcomeBytes() != null || !now.isNewerThan(Duration.ofNanos(System.nanoTime() - nanos))
                    ? this
                    : new Prediction(advice.withOutcome(bytes - now.totalBytes()), bytes, connections, nanos);
        }
    }
}
