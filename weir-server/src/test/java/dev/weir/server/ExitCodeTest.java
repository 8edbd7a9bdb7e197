package dev.weir.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.server.run.RunReport;
import dev.weir.server.run.RunReport.Outcome;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExitCodeTest {

    private static RunReport report(Outcome outcome, long errors, @Nullable Boolean holds, int threadsLeft) {
        return report(outcome, errors, holds, threadsLeft, null, null, List.of());
    }

    private static RunReport report(
            Outcome outcome,
            long errors,
            @Nullable Boolean holds,
            int threadsLeft,
            @Nullable Boolean countersHold,
            RunReport.@Nullable Counters counters,
            List<RunReport.PoolResult> pools) {
        return new RunReport(
                "run",
                "1",
                outcome,
                null,
                "2026-01-01T00:00:00Z",
                1,
                1,
                errors,
                1,
                0,
                0,
                0,
                0,
                Map.of(),
                new RunReport.LatencyMs(0, 0, 0, 0, 0, 0),
                holds,
                null,
                countersHold,
                counters,
                pools,
                new RunReport.Memory(1, 1, 1, 1),
                new RunReport.Shutdown(0, threadsLeft, 0, 0, 0, 0, 0, 0, 0, 0, true, List.of()),
                new RunReport.Load(1, 1, 1, 1, null),
                new RunReport.Environment("17", "vm", "os", 2, false, null, null, null));
    }

    @Test
    void isZeroWhenAllIsWell() {
        assertThat(ExitCode.of(report(Outcome.COMPLETED, 0, true, 0))).isEqualTo(0);
    }

    @Test
    void tellsAnInterruption() {
        assertThat(ExitCode.of(report(Outcome.INTERRUPTED, 0, null, 0))).isEqualTo(130);
    }

    @Test
    void tellsWhateverIsWrongBeforeAnInterruption() {
        assertThat(ExitCode.of(report(Outcome.FAILED, 0, null, 0))).isEqualTo(1);
        assertThat(ExitCode.of(report(Outcome.INTERRUPTED, 1, true, 0))).isEqualTo(1);
        assertThat(ExitCode.of(report(Outcome.COMPLETED, 0, false, 0))).isEqualTo(1);
        assertThat(ExitCode.of(report(Outcome.COMPLETED, 0, true, 1))).isEqualTo(1);
    }

    private static RunReport counted(@Nullable Boolean hold, @Nullable Long value) {
        RunReport.Counters counters = new RunReport.Counters(1, 0, value, value == null ? "unreachable" : null);
        return report(Outcome.COMPLETED, 0, true, 0, hold, counters, List.of());
    }

    @Test
    void countersMustHoldAndBeRead() {
        assertThat(ExitCode.of(counted(true, 1L))).isEqualTo(0);
        assertThat(ExitCode.of(counted(false, 0L))).isEqualTo(1);
        assertThat(ExitCode.of(counted(null, null))).isEqualTo(1);
    }

    @Test
    void anErrorOfAnyPoolCounts() {
        RunReport.LatencyMs none = new RunReport.LatencyMs(0, 0, 0, 0, 0, 0);
        RunReport.PoolResult http = new RunReport.PoolResult(
                "http",
                "http",
                "shared",
                0,
                5,
                4,
                0,
                0,
                7,
                7,
                1,
                0,
                0,
                Map.of("IOException: gone", 1L),
                none,
                new RunReport.AcquireMs(0, 0, 0),
                1,
                0,
                0,
                0,
                1,
                1,
                0,
                0,
                0,
                List.of());
        assertThat(ExitCode.of(report(Outcome.COMPLETED, 0, true, 0, null, null, List.of(http))))
                .isEqualTo(1);
    }
}
