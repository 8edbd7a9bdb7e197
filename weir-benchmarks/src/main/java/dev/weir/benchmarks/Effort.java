package dev.weir.benchmarks;

import java.time.Duration;

/** How much is measured. */
enum Effort {
    /** For tests: whether it runs at all. */
    SMOKE(1, 1, 1, 50, 100, 50, 1, 3, 200),
    /** Enough to see the order. */
    QUICK(1, 3, 2, 400, 2_000, 1_000, 3, 30, 2_000),
    /** Enough to tell by how much. */
    FULL(3, 3, 3, 500, 10_000, 30_000, 7, 100, 5_000);

    /** JVMs started one after the other for each pool; they alternate between the pools. */
    final int forks;

    final int warmups;
    final int iterations;
    final int iterationMillis;
    final int virtualThreads;
    final int fairMillis;
    final int spikes;
    final int footprintPools;
    final int postgresMillis;

    Effort(
            int forks,
            int warmups,
            int iterations,
            int iterationMillis,
            int virtualThreads,
            int fairMillis,
            int spikes,
            int footprintPools,
            int postgresMillis) {
        this.forks = forks;
        this.warmups = warmups;
        this.iterations = iterations;
        this.iterationMillis = iterationMillis;
        this.virtualThreads = virtualThreads;
        this.fairMillis = fairMillis;
        this.spikes = spikes;
        this.footprintPools = footprintPools;
        this.postgresMillis = postgresMillis;
    }

    /** After which a fork is stuck and is ended. */
    Duration forkLimit() {
        return Duration.ofSeconds(120);
    }
}
