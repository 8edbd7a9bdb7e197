package dev.weir.server.run;

import dev.weir.server.config.ByteSize;
import dev.weir.server.load.PoolKind;
import dev.weir.server.run.RunReport.PoolResult;
import dev.weir.server.screen.Figures;
import dev.weir.server.screen.Table;
import dev.weir.server.screen.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report as people read it at the end of a run. */
public final class ReportText {

    private static final int WIDTH = 120;

    private static final Table<PoolResult> POOLS = new Table<>(List.of(
            Column.text("pool", 11, PoolResult::name),
            Column.text("kind", 5, PoolResult::kind),
            Column.figure("users", 5, pool -> Figures.count(pool.users())),
            Column.figure("operations", 10, pool -> Figures.count(pool.operations())),
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
        errorKinds(report.errorKinds(), lines);
        lines.add("Latency       " + latency(report.latencyMs()));
        for (PoolResult pool : report.pools()) {
            if (!pool.kind().equals(PoolKind.JDBC.id())) {
                lines.add(beside(pool));
                errorKinds(pool.errorKinds(), lines);
            }
        }
        lines.add("");
        lines.addAll(POOLS.lines(report.pools(), WIDTH));
        lines.add("");
        lines.add("Memory        " + ByteSize.format(report.memory().peakGrantedBytes()) + " of "
                + ByteSize.format(report.memory().budgetBytes()) + " granted at most");
        lines.add("Invariant     " + invariant(report));
        if (report.environment().redis() != null) {
            lines.add("Counters      " + counters(report));
        }
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

    private static void errorKinds(Map<String, Long> kinds, List<String> lines) {
        kinds.forEach((kind, count) -> lines.add("              " + Figures.count(count) + " × " + kind));
    }

    private static String latency(RunReport.LatencyMs latency) {
        return "p50 " + ms(latency.p50()) + ", p90 " + ms(latency.p90()) + ", p99 " + ms(latency.p99()) + ", longest "
                + ms(latency.max());
    }

    private static String beside(PoolResult pool) {
        String title = PoolKind.valueOf(pool.kind().toUpperCase(Locale.ROOT)).title();
        return String.format(Locale.ROOT, "%-14s", title) + Figures.count(pool.operations())
                + (pool.kind().equals(PoolKind.REDIS.id()) ? " commands, " : " requests, ")
                + Figures.rate(pool.opsPerSecond()) + " a second; " + Figures.count(pool.errors()) + " errors, "
                + Figures.count(pool.wrongAnswers()) + " wrong answers, " + Figures.count(pool.rejected())
                + " rejected; " + latency(pool.latencyMs());
    }

    private static String counters(RunReport report) {
        RunReport.Counters sums = report.counters();
        if (sums == null) {
            return "were not checked: the run was ended at once";
        }
        if (sums.value() == null) {
            return "COULD NOT BE READ: " + sums.failure();
        }
        return (Boolean.TRUE.equals(report.countersHold()) ? "hold" : "ARE BROKEN") + ": "
                + Figures.count(sums.acknowledged()) + " increments acknowledged, " + Figures.count(sums.uncertain())
                + " uncertain, " + Figures.count(sums.value()) + " counted";
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
