package dev.weir.server;

import dev.weir.check.Report;
import dev.weir.server.run.RunReport;

/** The exit codes of the command line; {@code docs/cli.md} lists them. */
public final class ExitCode {

    /** All is well. */
    public static final int OK = 0;

    /** The run failed, an error occurred, an invariant is broken or could not be checked, or something was left behind. */
    public static final int FAILED = 1;

    /** The command line or the configuration is wrong. */
    public static final int USAGE = 2;

    /** {@code check} found warnings, and nothing worse. */
    public static final int CHECK_WARNINGS = 6;

    /** {@code check} found errors. */
    public static final int CHECK_ERRORS = 7;

    /** It was interrupted before it was done. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}

    /** What a check's report amounts to; notes alone are well. */
    public static int of(Report report) {
        return report.worst()
                .map(worst -> switch (worst) {
                    case ERROR -> CHECK_ERRORS;
                    case WARNING -> CHECK_WARNINGS;
                    case NOTE -> OK;
                })
                .orElse(OK);
    }

    /** What a run's report amounts to. */
    public static int of(RunReport report) {
        boolean broken = report.outcome() == RunReport.Outcome.FAILED
                || report.errors() > 0
                || report.pools().stream().anyMatch(pool -> pool.errors() > 0)
                || (report.counters() != null && !Boolean.TRUE.equals(report.countersHold()))
                || Boolean.FALSE.equals(report.invariantHolds())
                || (report.shutdown() != null && !report.shutdown().leftNothing());
        if (broken) {
            return FAILED;
        }
        return report.outcome() == RunReport.Outcome.INTERRUPTED ? INTERRUPTED : OK;
    }
}
