package dev.weir.server.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of a run, as {@code --json} writes it; {@code docs/cli.md} describes each field. A part that a run did not
 * come to is {@code null}, a count it did not come to is 0.
 */
public record RunReport(
        String verb,
        String version,
        Outcome outcome,
        @Nullable String failure,
        String startedAt,
        double durationSeconds,
        long transactions,
        long errors,
        double tps,
        long rejected,
        long timedOut,
        long conflicts,
        long uncertain,
        Map<String, Long> errorKinds,
        LatencyMs latencyMs,
        @Nullable Boolean invariantHolds,
        @Nullable Invariant invariant,
        @Nullable Boolean countersHold,
        @Nullable Counters counters,
        List<PoolResult> pools,
        Memory memory,
        @Nullable Shutdown shutdown,
        Load load,
        Environment environment) {

    /** Copies the lists. */
    public RunReport {
        pools = List.copyOf(pools);
        errorKinds = Map.copyOf(errorKinds);
    }

    /** How a run ended. */
    public enum Outcome {
        /** As planned. */
        @JsonProperty("completed")
        COMPLETED,
        /** Earlier than planned, because it was asked to. */
        @JsonProperty("interrupted")
        INTERRUPTED,
        /** It could not go on. */
        @JsonProperty("failed")
        FAILED
    }

    /** The sums of the counters in Redis. */
    public record Counters(
            long acknowledged,
            long uncertain,
            @Nullable Long value,
            @Nullable String failure) {}

    /** Times of operations that were carried out, from asking for a connection to having given it back. */
    public record LatencyMs(double mean, double p50, double p90, double p99, double p999, double max) {}

    /** The sums of TPC-B. */
    public record Invariant(long accounts, long tellers, long branches, long history, long historyRows) {}

    /** Waits for a connection. */
    public record AcquireMs(double p50, double p99, double max) {}

    /** A decision of a pool about its size. */
    public record Scaling(double atSeconds, int from, int to, String reason) {}

    /** What became of a pool. */
    public record PoolResult(
            String name,
            String kind,
            String profile,
            int min,
            int max,
            int users,
            long transactions,
            double tps,
            long operations,
            double opsPerSecond,
            long errors,
            long wrongAnswers,
            long uncertain,
            Map<String, Long> errorKinds,
            LatencyMs latencyMs,
            AcquireMs acquireMs,
            int peakLeased,
            int peakWaiting,
            long rejected,
            long timedOut,
            long opened,
            long closed,
            long connectFailures,
            long leaks,
            long scalingEvents,
            List<Scaling> scalings) {
        /** Copies the collections. */
        public PoolResult {
            scalings = List.copyOf(scalings);
            errorKinds = Map.copyOf(errorKinds);
        }
    }

    /** The memory budget. */
    public record Memory(long budgetBytes, long peakGrantedBytes, long heapUsedBytes, long heapMaxBytes) {}

    /** What the shutdown of the pools did, and what was left after it. */
    public record Shutdown(
            int connectionsLeft,
            int threadsLeft,
            long bytesLeft,
            int listenersLeft,
            int waitersFailed,
            int cancelled,
            int aborted,
            int abandoned,
            long drainMs,
            long totalMs,
            boolean deadlineMet,
            List<String> failures) {

        /** Copies the list. */
        public Shutdown {
            failures = List.copyOf(failures);
        }

        /** Whether nothing is left and nothing went wrong on the way. */
        public boolean leftNothing() {
            return connectionsLeft == 0
                    && threadsLeft == 0
                    && bytesLeft == 0
                    && listenersLeft == 0
                    && failures.isEmpty();
        }
    }

    /** What was asked for. */
    public record Load(
            int users,
            int redisUsers,
            int httpUsers,
            int scale,
            @Nullable Double plannedSeconds) {}

    /** Where it ran. */
    public record Environment(
            String java,
            String vm,
            String os,
            int processors,
            boolean virtualThreads,
            @Nullable String database,
            @Nullable String redis,
            @Nullable String http) {}
}
