package dev.weir.benchmarks;

import java.util.List;

/**
 * What a run found.
 *
 * @param environment what it ran on
 * @param rows the figures, medians over the forks
 * @param loads of the machine, row by row
 * @param failures what could not be measured, and why
 * @param remarks what there was nothing to measure for, and why
 */
record Result(Machine environment, List<Figure> rows, List<Load> loads, List<Note> failures, List<Note> remarks) {

    /**
     * What else the machine did while a row was measured. Rows whose pieces shared JVMs share this, too.
     *
     * @param bench id of the row
     * @param before load average of the last minute when the row began, where the system tells it, else negative
     * @param after when it ended, its own load included
     * @param others per cent of the machine that other processes took meanwhile; negative where nobody knows
     * @param stolen per cent of the machine that the hypervisor kept meanwhile; negative where nobody knows
     * @param seconds that it took
     */
    record Load(String bench, double before, double after, double others, double stolen, double seconds) {}

    /**
     * A pool that has no figure in a row.
     *
     * @param bench id of the row
     * @param pool id of the pool
     * @param reason why
     */
    record Note(String bench, String pool, String reason) {}
}
