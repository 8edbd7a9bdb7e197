package dev.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.benchmarks.Reading.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final long SECOND = 1_000_000_000;

    @Test
    void whatDriftsOnTheMachineFallsOut() {
        List<Turn> off = new ArrayList<>();
        List<Turn> on = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            // The machine gets slower and slower; with it a tenth less is done, at a tenth more each.
            long done = 100_000 - 5_000L * i;
            off.add(new Turn(SECOND, done, SECOND));
            on.add(new Turn(SECOND, done * 9 / 10, SECOND * 99 / 100));
        }
        Turns turns = new Turns(off, on);
        assertThat(turns.percentLess(Turn::perSecond).value()).isCloseTo(10, within(0.01));
        assertThat(turns.percentLess(Turn::perSecond).error()).isCloseTo(0, within(0.01));
        assertThat(turns.percentMore(Turn::cpuEach).value()).isCloseTo(10, within(0.01));
        assertThat(turns.more(Turn::cpuEach).value()).isPositive();
    }

    @Test
    void aTurnIsWhatLiesBetweenTwoReadings() {
        Reading before = new Reading(5, 10, Map.of("load", 100L, "ended", 900L));
        Reading after = new Reading(2 * SECOND + 5, 30, Map.of("load", 150L, "new", 7L));
        Turn turn = after.since(before);
        assertThat(turn.perSecond()).isEqualTo(10);
        assertThat(turn.cpuNanos()).isEqualTo(57);
        assertThat(turn.cpuEach()).isEqualTo(57 / 20.0);
    }

    @Test
    void processorsAreReadFromTheKernelsList() {
        assertThat(Placement.numbers("0-2,5")).containsExactly(0, 1, 2, 5);
        assertThat(Placement.numbers("3")).containsExactly(3);
    }

    @Test
    void thisJvmsThreadsHaveAccounts() {
        Map<String, Long> first = CpuAccounts.read(List.of());
        assertThat(first).isNotEmpty();
        assertThat(CpuAccounts.read(List.of(ProcessHandle.current().pid())).keySet())
                .contains(CpuAccounts.of(ProcessHandle.current().pid()).toString());
    }
}
