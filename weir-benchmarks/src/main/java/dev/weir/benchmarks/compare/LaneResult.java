package dev.weir.benchmarks.compare;

/**
 * What came of a lane.
 *
 * @param offered orders in the time that was measured
 * @param done of them, those that were done
 * @param failed of them, those that failed, or were not answered
 * @param rows rows that were read
 * @param perSecond orders done a second
 * @param p50Ms milliseconds from the intended start within which half were done
 * @param p99Ms 99 %
 * @param p999Ms 99.9 %
 * @param maxMs all
 */
record LaneResult(
        long offered,
        long done,
        long failed,
        long rows,
        double perSecond,
        double p50Ms,
        double p99Ms,
        double p999Ms,
        double maxMs) {}
