package dev.weir.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.server.run.RunReport.AcquireMs;
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
                pools,
                new Memory(64L << 20, 917_504, 1, 1),
                pools.isEmpty() ? null : new Shutdown(0, 0, 0, 0, 4, 0, 0, 0, 12, 15, true, List.of()),
                new Load(16, 10, 20.0),
                new Environment("17", "vm", "os", 2, false, "PostgreSQL"));
    }

    private static PoolResult pool() {
        return new PoolResult(
                "shared",
                "shared",
                1,
                5,
                6,
                24_310,
                1_213.7,
                2,
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

    @Test
    void tellsEverythingOnAPage() {
        assertThat(String.join("\n", ReportText.lines(report(Outcome.COMPLETED, true, List.of(pool())))))
                .isEqualTo("""

                        Transactions  24,310 in 20.0 s, 1,214 a second; 2 errors, 3 rejected, 1 conflicts
                                      2 × SQLException 08006: gone
                        Latency       p50 11 ms, p90 31 ms, p99 147 ms, longest 841 ms

                        pool         users  transactions  leased  waiting  wait p50     p99  rejected  timed out  opened  closed  leaks  scaled
                        shared           6        24,310     5/5        6         0   67 ms         3          0       7       7      0       5

                        Memory        896.0 KiB of 64.0 MiB granted at most
                        Invariant     holds: accounts -18,239, tellers -18,239, branches -18,239, history -18,239 in 24,310 rows
                        Shutdown      drained in 12 ms, done in 15 ms; 4 waiters failed, 0 cancelled, 0 aborted, 0 abandoned
                        Left          0 connections, 0 threads, 0 bytes, 0 listeners""");
    }

    @Test
    void aBrokenInvariantCannotBeOverlooked() {
        assertThat(ReportText.lines(report(Outcome.COMPLETED, false, List.of(pool()))))
                .anyMatch(line -> line.startsWith("Invariant     IS BROKEN: accounts"));
    }

    @Test
    void saysThatTheSumsWereNotChecked() {
        assertThat(ReportText.lines(report(Outcome.INTERRUPTED, null, List.of(pool()))))
                .anyMatch(line -> line.startsWith("Invariant     was not checked"));
    }

    @Test
    void anEndBeforeTheLoadIsALine() {
        assertThat(ReportText.lines(report(Outcome.INTERRUPTED, null, List.of())))
                .containsExactly("Stopped before the load began; nothing is left");
    }
}
