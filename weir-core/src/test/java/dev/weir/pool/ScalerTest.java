package dev.weir.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The scaler against a simulated server that serves so many connections at full speed and no more. */
class ScalerTest {

    private static final int MIN = 2;
    private static final int MAX = 64;

    /** A server whose throughput grows with the connections up to a knee. */
    private static final class Simulation {
        final Scaler scaler = new Scaler(0);
        final List<Integer> targets = new ArrayList<>();
        final List<String> reasons = new ArrayList<>();
        final int knee;
        int target = MIN;
        long now;
        long leases;
        long waits;

        Simulation(int knee) {
            this.knee = knee;
        }

        /** A second with so many borrowers who always want a connection. */
        void second(int borrowers) {
            now += 1_000_000_000L;
            int used = Math.min(borrowers, target);
            leases += 1000L * Math.min(used, knee);
            boolean pressed = borrowers > target;
            if (pressed) {
                waits += 1000L * Math.min(used, knee);
            }
            scaler.sample(used);
            assertThat(scaler.isDue(now, 1_000_000_000L)).isTrue();
            Scaler.Step step = scaler.decide(
                    new Scaler.Reading(now, target, target, leases, waits, Math.max(0, borrowers - target)), MIN, MAX);
            if (step != null) {
                target = step.to();
                reasons.add(step.reason());
            }
            targets.add(target);
        }
    }

    @Test
    void findsTheKneeAndStaysAboutThere() {
        for (int knee : new int[] {4, 8, 16, 30}) {
            Simulation server = new Simulation(knee);
            for (int second = 0; second < 300; second++) {
                server.second(200);
            }
            long near = server.targets.stream()
                    .skip(100)
                    .filter(target -> target >= knee * 0.66 && target <= knee * 1.6)
                    .count();
            assertThat(near).as("seconds of 200 about the knee " + knee).isGreaterThan(180);
            assertThat(server.reasons).anyMatch(reason -> reason.startsWith("taken back"));
        }
    }

    @Test
    void aStepThatBringsNothingIsTakenBackAndNotRepeatedSoon() {
        Simulation server = new Simulation(2);
        server.second(50);
        assertThat(server.target).isEqualTo(3);
        server.second(50);
        assertThat(server.target).isEqualTo(2);
        assertThat(server.reasons.get(1)).contains("3").contains("brought");
        long steps = server.reasons.size();
        server.second(50);
        assertThat(server.reasons).hasSize((int) steps);
        for (int second = 0; second < 300; second++) {
            server.second(50);
        }
        assertThat(server.reasons.size()).as("trials become rare").isLessThan(40);
    }

    @Test
    void shrinksToWhatIsUsedAfterAWhile() {
        Simulation server = new Simulation(64);
        for (int second = 0; second < 60; second++) {
            server.second(40);
        }
        int grown = server.target;
        assertThat(grown).isGreaterThanOrEqualTo(40);
        for (int second = 0; second < 5; second++) {
            server.second(3);
        }
        assertThat(server.target).as("a short lull changes nothing").isEqualTo(grown);
        for (int second = 0; second < 200; second++) {
            server.second(3);
        }
        assertThat(server.target).isBetween(4, 8);
        for (int second = 0; second < 200; second++) {
            server.second(0);
        }
        assertThat(server.target).isEqualTo(MIN);
    }

    @Test
    void neverLeavesItsBounds() {
        Simulation server = new Simulation(1000);
        for (int second = 0; second < 100; second++) {
            server.second(500);
        }
        assertThat(server.target).isEqualTo(MAX);
        assertThat(server.targets).allMatch(target -> target >= MIN && target <= MAX);
    }

    @Test
    void doesNotJudgeAStepBeforeItsConnectionsAreThere() {
        Scaler scaler = new Scaler(0);
        Scaler.Step up = scaler.decide(new Scaler.Reading(1_000_000_000L, 2, 2, 1000, 1000, 9), MIN, MAX);
        assertThat(up).isNotNull();
        assertThat(scaler.decide(new Scaler.Reading(2_000_000_000L, 3, 2, 2000, 2000, 9), MIN, MAX))
                .isNull();
        assertThat(scaler.decide(new Scaler.Reading(3_000_000_000L, 3, 3, 3000, 3000, 9), MIN, MAX))
                .as("no gain in the second after")
                .satisfies(step -> assertThat(step.to()).isEqualTo(2));
    }
}
