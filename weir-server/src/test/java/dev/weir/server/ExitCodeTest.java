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
                List.of(),
                new RunReport.Memory(1, 1, 1, 1),
                new RunReport.Shutdown(0, threadsLeft, 0, 0, 0, 0, 0, 0, 0, 0, true, List.of()),
                new RunReport.Load(1, 1, null),
                new RunReport.Environment("17", "vm", "os", 2, false, null));
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
}
