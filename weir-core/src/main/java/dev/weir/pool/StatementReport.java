package dev.weir.pool;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statements of a pool, and how well its borrowers use what they hold. No text in it holds a literal: each stands as
 * {@code ?}.
 *
 * @param measured whether anything but the cache is looked at; it is a setting of the pool
 * @param statements statements that ran, in no order
 * @param running what runs now, the oldest first
 * @param callSites where connections are borrowed, in no order
 * @param cache the cache of results, if anybody used it
 * @param forgotten statements and call sites that were used least and made room for others
 */
public record StatementReport(
        boolean measured,
        List<Statement> statements,
        List<Running> running,
        List<CallSite> callSites,
        @Nullable Cache cache,
        long forgotten) {

    /** Of a pool that has no statements, or does not look at them. */
    public static final StatementReport NONE = new StatementReport(false, List.of(), List.of(), List.of(), null, 0);

    /** Copies the lists. */
    public StatementReport {
        statements = List.copyOf(statements);
        running = List.copyOf(running);
        callSites = List.copyOf(callSites);
    }

    /**
     * A statement; milliseconds.
     *
     * @param text without literals and comments, cut where it is long
     * @param runs how often it ended, well or not
     * @param errors how often it failed
     * @param totalMs what its runs took together
     * @param maxMs what the longest took
     */
    public record Statement(String text, long runs, long errors, double totalMs, double maxMs) {}

    /**
     * A statement that runs now.
     *
     * @param text as in {@link Statement}
     * @param forMs for how long, in milliseconds
     */
    public record Running(String text, double forMs) {}

    /**
     * A place where connections are borrowed, as a sample of the leases shows it; milliseconds.
     *
     * @param site class, method and line
     * @param samples how many leases were looked at
     * @param heldMs how long those were held together
     * @param busyMs how long statements, commits and rollbacks ran on them meanwhile
     * @param maxHeldMs how long the longest was held
     */
    public record CallSite(String site, long samples, double heldMs, double busyMs, double maxHeldMs) {}

    /**
     * A cache of results.
     *
     * @param entries results it holds
     * @param bytes what they take, about
     * @param hits questions answered from it
     * @param misses questions that were asked, and kept where that was possible
     * @param notCached questions that could not be
     */
    public record Cache(long entries, long bytes, long hits, long misses, long notCached) {}
}
