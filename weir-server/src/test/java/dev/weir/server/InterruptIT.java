package dev.weir.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C, at any moment: the run ends in phases, its result is written, and nothing is left. */
class InterruptIT {

    @TempDir
    Path home;

    @Test
    void whileTheDatabaseStarts() throws Exception {
        interruptedBeforeTheLoad("Starting PostgreSQL");
    }

    @Test
    void whileTheTablesAreFilled() throws Exception {
        interruptedBeforeTheLoad("Loading TPC-B");
    }

    private void interruptedBeforeTheLoad(String moment) throws Exception {
        try (RunningWeir weir = RunningWeir.start(home, "--duration", "60s", "--scale", "50")) {
            weir.awaitLine(moment);
            weir.interrupt();
            assertThat(weir.exitCode()).as(weir.output()).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(weir.result().at("/outcome").asText()).isEqualTo("interrupted");
            assertThat(weir.result().at("/invariantHolds").isNull()).isTrue();
            weir.assertNothingLeft();
        }
    }

    @Test
    void isHowARunWithoutADurationEnds() throws Exception {
        try (RunningWeir weir = RunningWeir.start(home, "--scale", "1")) {
            weir.awaitLine("transactions");
            weir.interrupt();
            assertThat(weir.exitCode()).as(weir.output()).isZero();
            assertWhole(weir.result(), "completed");
            weir.assertNothingLeft();
        }
    }

    @Test
    void endsARunBeforeItsTime() throws Exception {
        try (RunningWeir weir = RunningWeir.start(home, "--duration", "10m", "--scale", "1")) {
            weir.awaitLine("transactions");
            weir.interrupt();
            assertThat(weir.exitCode()).as(weir.output()).isEqualTo(ExitCode.INTERRUPTED);
            assertWhole(weir.result(), "interrupted");
            weir.assertNothingLeft();
        }
    }

    private static void assertWhole(JsonNode result, String outcome) {
        assertThat(result.at("/outcome").asText()).isEqualTo(outcome);
        assertThat(result.at("/transactions").asLong()).isPositive();
        assertThat(result.at("/errors").asLong(-1)).isZero();
        assertThat(result.at("/invariantHolds").asBoolean()).isTrue();
        assertThat(result.at("/countersHold").asBoolean()).isTrue();
        assertThat(result.at("/shutdown/connectionsLeft").asInt(-1)).isZero();
        assertThat(result.at("/shutdown/threadsLeft").asInt(-1)).isZero();
    }

    @Test
    void twiceEndsItAtOnce() throws Exception {
        try (RunningWeir weir = RunningWeir.start(home, "--duration", "10m", "--scale", "1")) {
            weir.awaitLine("transactions");
            weir.interrupt();
            weir.interrupt();
            assertThat(weir.exitCode()).as(weir.output()).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(weir.result().at("/outcome").asText()).isEqualTo("interrupted");
            weir.assertNothingLeft();
        }
    }
}
