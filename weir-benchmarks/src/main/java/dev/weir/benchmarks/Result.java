package dev.weir.benchmarks;

import java.util.List;

/**
 * What a run found.
 *
 * @param environment what it ran on
 * @param rows the figures, medians over the forks
 * @param loads of the machine, row by row
 * @param failures what could not be measured, and why
 */
record Result(Machine environment, List<Figure> rows, List<Load> loads, List<Failure> failures) {

    /**
     * Load average of the last minute, where the system tells it, else negative.
     *
     * @param bench id of the row
     * @param before when the row began
     * @param after when it ended, its own load included
     * @param seconds that it took
     */
    record Load(String bench, double before, double after, double seconds) {}

    /**
     * A pool that could not be measured in a row.
     *
     * @param bench id of the row
     * @param pool id of the pool
     * @param reason why
     */
    record Failure(String bench, String pool, String reason) {}
}
