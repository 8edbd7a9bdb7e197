package dev.weir.server.run;

import dev.weir.server.config.ByteSize;
import dev.weir.server.run.RunReport.PoolResult;
import dev.weir.server.screen.Figures;
import dev.weir.server.screen.Table;
import dev.weir.server.screen.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report as people read it at the end of a run. */
public final class ReportText {

    private static final int WIDTH = 120;

    private static final Table<PoolResult> POOLS = new Table<>(List.of(
            Column.text("pool", 11, PoolResult::name),
            Column.figure("users", 5, pool -> Figures.count(pool.users())),
            Column.figure("transactions", 12, pool -> Figures.count(pool.transactions())),
            Column.figure("leased", 6, pool -> pool.peakLeased() + "/" + pool.max()),
            Column.figure("waiting", 7, pool -> Figures.count(pool.peakWaiting())),
            Column.figure("wait p50", 8, pool -> ms(pool.acquireMs().p50())),
            Column.figure("p99", 6, pool -> ms(pool.acquireMs().p99())),
            Column.figure("rejected", 8, pool -> Figures.count(pool.rejected())),
            Column.figure("timed out", 9, pool -> Figures.count(pool.timedOut())),
            Column.figure("opened", 6, pool -> Figures.count(pool.opened())),
            Column.figure("closed", 6, pool -> Figures.count(pool.closed())),
            Column.figure("leaks", 5, pool -> Figures.count(pool.leaks())),
            Column.figure("scaled", 6, pool -> Figures.count(pool.scalingEvents()))));

    private ReportText() {}

    /** The lines. */
    public static List<String> lines(RunReport report) {
        List<String> lines = new ArrayList<>();
        if (report.pools().isEmpty()) {
            if (report.outcome() == RunReport.Outcome.INTERRUPTED) {
                lines.add("Stopped before the load began; nothing is left");
            }
            return lines;
        }
        lines.add("");
        lines.add("Transactions  " + Figures.count(report.transactions()) + " in "
                + String.format(Locale.ROOT, "%.1f s", report.durationSeconds()) + ", "
                + Figures.rate(report.tps()) + " a second; " + Figures.count(report.errors()) + " errors, "
                + Figures.count(report.rejected()) + " rejected, " + Figures.count(report.conflicts()) + " conflicts");
        report.errorKinds().forEach((kind, count) -> lines.add("              " + Figures.count(count) + " × " + kind));
        RunReport.LatencyMs latency = report.latencyMs();
        lines.add("Latency       p50 " + ms(latency.p50()) + ", p90 " + ms(latency.p90()) + ", p99 " + ms(latency.p99())
                + ", longest " + ms(latency.max()));
        lines.add("");
        lines.addAll(POOLS.lines(report.pools(), WIDTH));
        lines.add("");
        lines.add("Memory        " + ByteSize.format(report.memory().peakGrantedBytes()) + " of "
                + ByteSize.format(report.memory().budgetBytes()) + " granted at most");
        lines.add("Invariant     " + invariant(report));
        RunReport.Shutdown shutdown = report.shutdown();
        if (shutdown != null) {
            lines.add("Shutdown      drained in " + shutdown.drainMs() + " ms, done in " + shutdown.totalMs() + " ms"
                    + (shutdown.deadlineMet() ? "" : ", longer than it should") + "; " + shutdown.waitersFailed()
                    + " waiters failed, " + shutdown.cancelled() + " cancelled, " + shutdown.aborted() + " aborted, "
                    + shutdown.abandoned() + " abandoned");
            lines.add("Left          " + shutdown.connectionsLeft() + " connections, " + shutdown.threadsLeft()
                    + " threads, " + shutdown.bytesLeft() + " bytes, " + shutdown.listenersLeft() + " listeners");
            shutdown.failures().forEach(failure -> lines.add("              failed: " + failure));
        }
        return lines;
    }

    private static String invariant(RunReport report) {
        RunReport.Invariant sums = report.invariant();
        if (sums == null) {
            return "was not checked: the run was ended at once";
        }
        return (Boolean.TRUE.equals(report.invariantHolds()) ? "holds" : "IS BROKEN") + ": accounts "
                + Figures.count(sums.accounts()) + ", tellers " + Figures.count(sums.tellers()) + ", branches "
                + Figures.count(sums.branches()) + ", history " + Figures.count(sums.history()) + " in "
                + Figures.count(sums.historyRows()) + " rows";
    }

    private static String ms(double millis) {
        return Figures.span(Math.round(millis * 1e6));
    }
}
