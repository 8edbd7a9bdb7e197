package dev.weir.server.run;

import dev.weir.ShutdownReport;
import dev.weir.pool.PoolSnapshot;
import dev.weir.server.Version;
import dev.weir.server.config.RunPlan;
import dev.weir.server.load.Lane;
import dev.weir.server.load.PoolKind;
import dev.weir.server.redis.Counters;
import dev.weir.server.tpcb.TpcbInvariant;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Makes the report of what a run has come to. */
record ReportMaker(
        RunPlan plan,
        Instant startedAt,
        Reached reached,
        @Nullable String failure,
        boolean stopped,
        @Nullable LoadResult load,
        @Nullable TpcbInvariant invariant,
        Counters.@Nullable Verdict counters) {

    RunReport make() {
        Lane.Counts total = load == null ? Lane.Counts.NONE : load.tpcb();
        Histogram latency = new Histogram(3);
        latency.setAutoResize(true);
        if (load != null) {
            load.tpcbLanes().forEach(lane -> latency.add(lane.latencyMicros()));
        }
        double seconds = load == null ? 0 : load.nanos() / 1e9;
        return new RunReport(
                "run",
                Version.text(),
                outcome(),
                failure,
                startedAt.toString(),
                rounded(seconds),
                total.completed(),
                total.errors(),
                perSecond(total.completed(), seconds),
                total.rejected(),
                total.timedOut(),
                total.conflicts(),
                total.uncertain(),
                load == null ? Map.of() : load.tpcbErrorKinds(),
                latency(latency),
                invariant == null ? null : invariant.holds(total.completed(), total.uncertain()),
                invariant == null
                        ? null
                        : new RunReport.Invariant(
                                invariant.accounts(),
                                invariant.tellers(),
                                invariant.branches(),
                                invariant.history(),
                                invariant.rows()),
                counters == null ? null : counters.holds(),
                counters == null
                        ? null
                        : new RunReport.Counters(
                                counters.acknowledged(), counters.uncertain(), counters.value(), counters.failure()),
                pools(seconds),
                memory(),
                shutdown(),
                new RunReport.Load(
                        plan.users(),
                        plan.redis().users(),
                        plan.http().users(),
                        plan.scale(),
                        plan.duration() == null ? null : plan.duration().toMillis() / 1e3),
                environment());
    }

    private RunReport.Outcome outcome() {
        if (failure != null) {
            return RunReport.Outcome.FAILED;
        }
        boolean early = stopped || load == null || load.early() || invariant == null;
        return early ? RunReport.Outcome.INTERRUPTED : RunReport.Outcome.COMPLETED;
    }

    private List<RunReport.PoolResult> pools(double seconds) {
        return load == null
                ? List.of()
                : load.pools().stream().map(end -> pool(end, load, seconds)).toList();
    }

    private static RunReport.PoolResult pool(LoadResult.PoolEnd end, LoadResult load, double seconds) {
        Lane lane = end.lane();
        Lane.Counts counts = lane.counts();
        PoolSnapshot snapshot = end.snapshot();
        // TPC-B's figures are about transactions alone.
        long transactions = lane.kind() == PoolKind.JDBC ? counts.completed() : 0;
        PoolSnapshot.Totals totals = snapshot.totals();
        return new RunReport.PoolResult(
                lane.pool(),
                lane.kind().id(),
                end.profile(),
                snapshot.min(),
                snapshot.max(),
                lane.users(),
                transactions,
                perSecond(transactions, seconds),
                counts.completed(),
                perSecond(counts.completed(), seconds),
                counts.errors(),
                counts.wrong(),
                counts.uncertain(),
                lane.failures().kinds(),
                latency(lane.latencyMicros()),
                new RunReport.AcquireMs(
                        millis(snapshot.waits().quantileNanos(0.50)),
                        millis(snapshot.waits().quantileNanos(0.99)),
                        millis(snapshot.waits().maxNanos())),
                totals.peakLeased(),
                totals.peakWaiting(),
                totals.rejected(),
                totals.timedOut(),
                totals.opened(),
                totals.closed(),
                totals.connectFailures(),
                totals.leaks(),
                totals.scalings(),
                load.notices().scalings(lane.pool()));
    }

    private static RunReport.LatencyMs latency(Histogram micros) {
        if (micros.getTotalCount() == 0) {
            return new RunReport.LatencyMs(0, 0, 0, 0, 0, 0);
        }
        return new RunReport.LatencyMs(
                rounded(micros.getMean() / 1e3),
                rounded(micros.getValueAtPercentile(50) / 1e3),
                rounded(micros.getValueAtPercentile(90) / 1e3),
                rounded(micros.getValueAtPercentile(99) / 1e3),
                rounded(micros.getValueAtPercentile(99.9) / 1e3),
                rounded(micros.getMaxValue() / 1e3));
    }

    private RunReport.Memory memory() {
        Runtime runtime = Runtime.getRuntime();
        return new RunReport.Memory(
                plan.budgetBytes(),
                load == null ? 0 : load.peakGrantedBytes(),
                runtime.totalMemory() - runtime.freeMemory(),
                runtime.maxMemory());
    }

    private RunReport.@Nullable Shutdown shutdown() {
        if (load == null) {
            return null;
        }
        ShutdownReport ending = load.ending();
        return new RunReport.Shutdown(
                ending.connectionsLeft(),
                ending.threadsLeft() + load.usersLeft(),
                ending.bytesLeft(),
                ending.listenersLeft(),
                ending.waitersFailed(),
                ending.cancelled(),
                ending.aborted(),
                ending.abandoned(),
                ending.drainMs(),
                ending.totalMs(),
                ending.deadlineMet(),
                ending.failures());
    }

    private RunReport.Environment environment() {
        return new RunReport.Environment(
                System.getProperty("java.version"),
                ManagementFactory.getRuntimeMXBean().getVmName(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                UserThreads.areVirtual(),
                reached.database(),
                reached.redis(),
                reached.http());
    }

    private static double perSecond(long count, double seconds) {
        return seconds == 0 ? 0 : rounded(count / seconds);
    }

    private static double millis(long nanos) {
        return rounded(Duration.ofNanos(nanos).toNanos() / 1e6);
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
