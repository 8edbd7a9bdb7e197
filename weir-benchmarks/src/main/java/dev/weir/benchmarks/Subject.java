package dev.weir.benchmarks;

import dev.weir.benchmarks.contender.Contender;
import dev.weir.benchmarks.contender.Contenders;

/**
 * What is measured, and how thoroughly.
 *
 * @param pool id of the pool
 * @param effort how thoroughly
 */
record Subject(String pool, Effort effort) {

    Contender contender() {
        return Contenders.of(pool);
    }
}
