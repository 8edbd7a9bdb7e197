package dev.weir.server.run;

import dev.weir.ShutdownReport;
import dev.weir.pool.PoolSnapshot;
import dev.weir.server.Version;
import dev.weir.server.config.PoolPlan;
import dev.weir.server.config.RunPlan;
import dev.weir.server.tpcb.Lane;
import dev.weir.server.tpcb.TpcbInvariant;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Makes the report of what a run has come to. */
record ReportMaker(
        RunPlan plan,
        Instant startedAt,
        @Nullable String database,
        @Nullable String failure,
        boolean stopped,
        @Nullable LoadResult load,
        @Nullable TpcbInvariant invariant) {

    RunReport make() {
        Lane.Counts total = load == null ? Lane.Counts.NONE : load.total();
        Histogram latency = new Histogram(3);
        latency.setAutoResize(true);
        if (load != null) {
            load.lanes().forEach(lane -> latency.add(lane.latencyMicros()));
        }
        double seconds = load == null ? 0 : load.nanos() / 1e9;
        return new RunReport(
                "run",
                Version.text(),
                outcome(),
                failure,
                startedAt.toString(),
                rounded(seconds),
                total.committed(),
                total.errors(),
                perSecond(total.committed(), seconds),
                total.rejected(),
                total.timedOut(),
                total.conflicts(),
                total.uncertain(),
                load == null ? Map.of() : load.failures().kinds(),
                latency(latency),
                invariant == null ? null : invariant.holds(total.committed(), total.uncertain()),
                invariant == null
                        ? null
                        : new RunReport.Invariant(
                                invariant.accounts(),
                                invariant.tellers(),
                                invariant.branches(),
                                invariant.history(),
                                invariant.rows()),
                pools(seconds),
                memory(),
                shutdown(),
                new RunReport.Load(
                        plan.users(),
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
        List<RunReport.PoolResult> results = new ArrayList<>();
        if (load != null) {
            for (int i = 0; i < load.lanes().size(); i++) {
                results.add(pool(
                        load.lanes().get(i),
                        plan.pools().get(i),
                        load.snapshots().get(i),
                        load,
                        seconds));
            }
        }
        return results;
    }

    private static RunReport.PoolResult pool(
            Lane lane, PoolPlan pool, PoolSnapshot snapshot, LoadResult load, double seconds) {
        Lane.Counts counts = lane.counts();
        PoolSnapshot.Totals totals = snapshot.totals();
        return new RunReport.PoolResult(
                pool.name(),
                pool.profile().name().toLowerCase(Locale.ROOT),
                snapshot.min(),
                snapshot.max(),
                lane.users(),
                counts.committed(),
                perSecond(counts.committed(), seconds),
                counts.errors(),
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
                load.notices().scalings(pool.name()));
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
                database);
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
