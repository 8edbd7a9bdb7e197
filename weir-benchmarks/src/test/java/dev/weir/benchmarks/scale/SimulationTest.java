package dev.weir.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SimulationTest {

    private static final Costs COSTS = new Costs(5, 50, 1, 20, 500, 10_000, 2);

    @Test
    void oneThreadPaysTwoCompareAndSetsAndTheRest() {
        assertThat(1e9 / of(1, 1, 32, 0, 10_000).perSecond()).isCloseTo(12, within(0.1));
    }

    @Test
    void threadsWithSlotsOfTheirOwnDoNotSlowEachOther() {
        double one = of(1, 1, 128, 0, 10_000).perSecond();
        assertThat(of(64, 64, 128, 0, 200_000).perSecond()).isCloseTo(64 * one, within(6 * one));
    }

    @Test
    void threadsOnOneSlotDo() {
        double one = of(1, 1, 1, 0, 10_000).perSecond();
        assertThat(of(8, 8, 1, 0, 10_000).perSecond()).isLessThan(one);
    }

    @Test
    void waitersAreServedInOrderAndNobodyIsForgotten() {
        Simulation.Outcome outcome = of(16, 1_016, 16, 1_000_000, 5_000);
        double ideal = 1_000_000 * 1_000.0 / 16;
        assertThat(outcome.longestWait()).isBetween(ideal, 1.3 * ideal);
        assertThat(outcome.perSecond()).isBetween(14_000.0, 16_000.0);
    }

    @Test
    void theSameLoadHasTheSameOutcome() {
        assertThat(of(8, 40, 4, 1_000, 5_000)).isEqualTo(of(8, 40, 4, 1_000, 5_000));
    }

    @Test
    void costsAreMeasured() throws Exception {
        Costs costs = Costs.measured(30, 1);
        assertThat(costs.cas()).isPositive();
        assertThat(costs.transfer()).isPositive();
        assertThat(costs.lock()).isPositive();
        assertThat(costs.unpark()).isPositive();
    }

    private static Simulation.Outcome of(int cores, int threads, int slots, double hold, long leases) {
        return Simulation.of(COSTS, new Simulation.Load(cores, threads, slots, hold, leases));
    }
}
