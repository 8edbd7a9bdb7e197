package dev.weir.benchmarks;

import dev.weir.benchmarks.contender.Contender;
import dev.weir.benchmarks.contender.Contenders;

/**
 * What is measured, and how thoroughly.
 *
 * @param row what is measured
 * @param pool id of the pool
 * @param effort how thoroughly
 * @param variant the only variant to be measured, or {@link Work#WHOLE}
 */
record Subject(Row row, String pool, Effort effort, String variant) {

    Contender contender() {
        return Contenders.of(pool);
    }

    boolean wants(String candidate) {
        return variant.equals(Work.WHOLE) || variant.equals(candidate);
    }
}
