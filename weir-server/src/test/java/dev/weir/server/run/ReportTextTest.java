package dev.weir.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.server.run.RunReport.AcquireMs;
import dev.weir.server.run.RunReport.Counters;
import dev.weir.server.run.RunReport.Environment;
import dev.weir.server.run.RunReport.Invariant;
import dev.weir.server.run.RunReport.LatencyMs;
import dev.weir.server.run.RunReport.Load;
import dev.weir.server.run.RunReport.Memory;
import dev.weir.server.run.RunReport.Outcome;
import dev.weir.server.run.RunReport.PoolResult;
import dev.weir.server.run.RunReport.Shutdown;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReportTextTest {

    private static final LatencyMs LATENCY = new LatencyMs(12.5, 11.4, 31.3, 147.3, 456.4, 841.2);

    private static RunReport report(Outcome outcome, @Nullable Boolean holds, List<PoolResult> pools) {
        return report(outcome, holds, holds, new Counters(17, 2, 18L, null), pools);
    }

    private static RunReport report(
            Outcome outcome,
            @Nullable Boolean holds,
            @Nullable Boolean countersHold,
            Counters counters,
            List<PoolResult> pools) {
        return new RunReport(
                "run",
                "1",
                outcome,
                null,
                "2026-01-01T00:00:00Z",
                20.03,
                24_310,
                2,
                1_213.7,
                3,
                0,
                1,
                0,
                Map.of("SQLException 08006: gone", 2L),
                LATENCY,
                holds,
                holds == null ? null : new Invariant(-18_239, -18_239, -18_239, -18_239, 24_310),
                countersHold,
                holds == null ? null : counters,
                pools,
                new Memory(64L << 20, 917_504, 1, 1),
                pools.isEmpty() ? null : new Shutdown(0, 0, 0, 0, 4, 0, 0, 0, 12, 15, true, List.of()),
                new Load(16, 4, 4, 10, 20.0),
                new Environment("17", "vm", "os", 2, false, "PostgreSQL", "Redis", "HTTP"));
    }

    private static PoolResult pool() {
        return pool("shared", "jdbc", "shared", 24_310, 2, 0, Map.of("SQLException 08006: gone", 2L));
    }

    private static PoolResult pool(
            String name,
            String kind,
            String profile,
            long operations,
            long errors,
            long wrong,
            Map<String, Long> kinds) {
        long transactions = kind.equals("jdbc") ? operations : 0;
        return new PoolResult(
                name,
                kind,
                profile,
                1,
                5,
                6,
                transactions,
                transactions / 20.03,
                operations,
                operations / 20.03,
                errors,
                wrong,
                0,
                kinds,
                LATENCY,
                new AcquireMs(0, 67.1, 692),
                5,
                6,
                3,
                0,
                7,
                7,
                0,
                0,
                5,
                List.of());
    }

    private static List<PoolResult> pools() {
        return List.of(
                pool(),
                pool("cache", "redis", "frugal", 51, 1, 1, Map.of("WrongAnswerException: GET", 1L)),
                pool("http", "http", "shared", 4_000, 0, 0, Map.of()));
    }

    @Test
    void tellsEverythingOnAPage() {
        assertThat(String.join("\n", ReportText.lines(report(Outcome.COMPLETED, true, pools()))))
                .isEqualTo("""

                        Transactions  24,310 in 20.0 s, 1,214 a second; 2 errors, 3 rejected, 1 conflicts
                                      2 × SQLException 08006: gone
                        Latency       p50 11 ms, p90 31 ms, p99 147 ms, longest 841 ms
                        Redis         51 commands, 2.5 a second; 1 errors, 1 wrong answers, 3 rejected; p50 11 ms, p90 31 ms, p99 147 ms, longest 841 ms
                                      1 × WrongAnswerException: GET
                        HTTP          4,000 requests, 200 a second; 0 errors, 0 wrong answers, 3 rejected; p50 11 ms, p90 31 ms, p99 147 ms, longest 841 ms

                        pool        kind  users operations leased waiting wait p50    p99 rejected timed out opened closed leaks scaled
                        shared      jdbc      6     24,310    5/5       6        0  67 ms        3         0      7      7     0      5
                        cache       redis     6         51    5/5       6        0  67 ms        3         0      7      7     0      5
                        http        http      6      4,000    5/5       6        0  67 ms        3         0      7      7     0      5

                        Memory        896.0 KiB of 64.0 MiB granted at most
                        Invariant     holds: accounts -18,239, tellers -18,239, branches -18,239, history -18,239 in 24,310 rows
                        Counters      hold: 17 increments acknowledged, 2 uncertain, 18 counted
                        Shutdown      drained in 12 ms, done in 15 ms; 4 waiters failed, 0 cancelled, 0 aborted, 0 abandoned
                        Left          0 connections, 0 threads, 0 bytes, 0 listeners""");
    }

    @Test
    void aBrokenInvariantCannotBeOverlooked() {
        assertThat(ReportText.lines(report(Outcome.COMPLETED, false, List.of(pool()))))
                .anyMatch(line -> line.startsWith("Invariant     IS BROKEN: accounts"));
    }

    @Test
    void brokenCountersCannotBeOverlookedEither() {
        assertThat(ReportText.lines(report(Outcome.COMPLETED, true, false, new Counters(17, 0, 3L, null), pools())))
                .contains("Counters      ARE BROKEN: 17 increments acknowledged, 0 uncertain, 3 counted");
        assertThat(ReportText.lines(report(Outcome.COMPLETED, true, null, new Counters(17, 0, null, "gone"), pools())))
                .contains("Counters      COULD NOT BE READ: gone");
    }

    @Test
    void saysThatTheSumsWereNotChecked() {
        assertThat(ReportText.lines(report(Outcome.INTERRUPTED, null, List.of(pool()))))
                .anyMatch(line -> line.startsWith("Invariant     was not checked"))
                .anyMatch(line -> line.startsWith("Counters      were not checked"));
    }

    @Test
    void anEndBeforeTheLoadIsALine() {
        assertThat(ReportText.lines(report(Outcome.INTERRUPTED, null, List.of())))
                .containsExactly("Stopped before the load began; nothing is left");
    }
}
