package dev.weir.benchmarks;

/**
 * One measured figure.
 *
 * @param bench id of the row
 * @param variant what was varied within it
 * @param pool id of the pool
 * @param metric what was measured
 * @param value the figure
 * @param error half the spread of what was seen, where there was more than one; of a difference between turns half of its interval
 *     of 95 %; else {@code NaN}
 * @param unit unit of value and error
 */
record Figure(String bench, String variant, String pool, String metric, double value, double error, String unit) {

    static Figure of(Row bench, String variant, String pool, String metric, double value, String unit) {
        return new Figure(bench.id(), variant, pool, metric, value, Double.NaN, unit);
    }
}
