package dev.weir.benchmarks;

import java.time.Duration;

/** How much is measured. */
enum Effort {
    /** For tests: whether it runs at all. */
    SMOKE(1, 1, 1, 50, 100, 50, 1, 3, 200, 100),
    /** Enough to see the order. */
    QUICK(1, 2, 3, 100, 1_000, 700, 1, 8, 400, 1_000),
    /** Enough to tell by how much. */
    FULL(3, 3, 3, 250, 10_000, 30_000, 7, 40, 5_000, 6_000);

    /** JVMs started one after the other for each pool, at most; they alternate between the pools. */
    final int forks;

    final int warmups;
    final int iterations;
    final int iterationMillis;
    final int virtualThreads;
    final int fairMillis;
    final int spikes;
    final int footprintPools;
    final int postgresMillis;
    final int churnMillis;

    Effort(
            int forks,
            int warmups,
            int iterations,
            int iterationMillis,
            int virtualThreads,
            int fairMillis,
            int spikes,
            int footprintPools,
            int postgresMillis,
            int churnMillis) {
        this.forks = forks;
        this.warmups = warmups;
        this.iterations = iterations;
        this.iterationMillis = iterationMillis;
        this.virtualThreads = virtualThreads;
        this.fairMillis = fairMillis;
        this.spikes = spikes;
        this.footprintPools = footprintPools;
        this.postgresMillis = postgresMillis;
        this.churnMillis = churnMillis;
    }

    /** How often each pool gets its turn in this row, while the row's time lasts. */
    int turns(Row row) {
        return switch (row) {
            // These measure for long enough in one go.
            case VIRTUAL, FAIR, POSTGRES, REDIS, HTTP, OUTAGE, CHURN, SCALE, OVERHEAD, DASHBOARD -> 1;
            default -> forks;
        };
    }

    /** Turns of what shows by the nanosecond. */
    Turns.Pace shortTurns() {
        return switch (this) {
            case SMOKE -> new Turns.Pace(20, 2, 20, 5);
            case QUICK -> new Turns.Pace(1_000, 12, 100, 20);
            case FULL -> new Turns.Pace(2_000, 40, 100, 20);
        };
    }

    /** Turns of what goes on all the time alike. */
    Turns.Pace mediumTurns() {
        return switch (this) {
            case SMOKE -> new Turns.Pace(100, 2, 50, 10);
            case QUICK -> new Turns.Pace(4_000, 24, 200, 20);
            case FULL -> new Turns.Pace(6_000, 120, 200, 20);
        };
    }

    /** Turns of what happens by the second. */
    Turns.Pace longTurns() {
        return switch (this) {
            case SMOKE -> new Turns.Pace(100, 2, 100, 10);
            case QUICK -> new Turns.Pace(4_000, 6, 1_000, 200);
            case FULL -> new Turns.Pace(6_000, 26, 1_000, 200);
        };
    }

    /** The time that a row may take; beyond it no further turn begins. The first turn is always made. */
    Duration slice(Row row) {
        if (this != FULL) {
            return Duration.ofSeconds(15);
        }
        return Duration.ofSeconds(
                switch (row) {
                    case CYCLE -> 280;
                    case CONTENDED -> 200;
                    case STATEMENT -> 100;
                    case SPIKE -> 80;
                    case FOOTPRINT -> 120;
                    default -> 60;
                });
    }

    /** Whether every variant has a JVM of its own; else one JVM measures the micro-benchmarks of a pool. */
    boolean separates() {
        return this == FULL;
    }

    /** How many pools are measured at a time: in a hurry several, where they sleep most of the time. */
    int atOnce(Row row) {
        return this == QUICK && (row == Row.FAIR || row == Row.SPIKE || row == Row.CHURN) ? 3 : 1;
    }

    /** After which a fork is stuck and is ended. */
    Duration forkLimit() {
        return Duration.ofSeconds(this == FULL ? 240 : 90);
    }
}
