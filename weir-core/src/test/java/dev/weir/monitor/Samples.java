package dev.weir.monitor;

import dev.weir.budget.MemoryBudget;
import dev.weir.pool.Figures;
import dev.weir.pool.PoolSettings;
import java.time.Duration;

/** Samples for tests. */
final class Samples {

    private Samples() {}

    /** A sample at a time whose only telling figure is how many requests wait. */
    static PoolSample waiting(Duration at, int waiting) {
        Figures figures = new Figures("pool");
        figures.waiting = waiting;
        return new Sampler(MemoryBudget.unlimited())
                .sample(at.toNanos(), figures.snapshot(), PoolSettings.shared(), new Sampler.Kept(0, 0, 0, false));
    }
}
