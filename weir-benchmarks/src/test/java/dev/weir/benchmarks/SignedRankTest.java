package dev.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SignedRankTest {

    @Test
    void theMiddleIsTheMedianOfTheMeansOfPairs() {
        // Means of any two, in order: 1, 1.5, 2, 2.5, 3, 4; so between 2 and 2.5.
        assertThat(SignedRank.of(1, 2, 4).value()).isCloseTo(2.25, within(1e-9));
        assertThat(SignedRank.of(5).value()).isEqualTo(5);
    }

    @Test
    void sixDifferencesHaveTheirExtremesForAnIntervalAndFewerHaveNone() {
        SignedRank six = SignedRank.of(3, 1, 2, 6, 5, 4);
        assertThat(six.low()).isEqualTo(1);
        assertThat(six.high()).isEqualTo(6);
        assertThat(six.error()).isEqualTo(2.5);
        assertThat(SignedRank.of(1, 2, 3, 4, 5).error()).isNaN();
    }

    @Test
    void oneSpoiltTurnChangesLittle() {
        SignedRank spoilt = SignedRank.of(1, 1.1, 0.9, 1.2, 0.8, 1, 1.05, 0.95, 1.1, 1_000);
        assertThat(spoilt.value()).isCloseTo(1, within(0.1));
        assertThat(spoilt.high()).isLessThan(600);
    }

    @Test
    void theIntervalHoldsTheTruthInNineteenOfTwentyCases() {
        SplittableRandom random = new SplittableRandom(7);
        int held = 0;
        for (int i = 0; i < 2_000; i++) {
            // Far from normal: now and then a turn is spoilt.
            SignedRank one = SignedRank.of(random.doubles(22)
                    .map(draw -> 3 + (draw - 0.5) * (random.nextInt(10) == 0 ? 40 : 2))
                    .toArray());
            held += one.low() <= 3 && 3 <= one.high() ? 1 : 0;
        }
        assertThat(held / 2_000.0).isCloseTo(0.95, within(0.02));
    }

    @Test
    void anotherScaleMayTurnItRound() {
        SignedRank turned = SignedRank.of(1, 2, 3, 4, 5, 6).on(value -> -value);
        assertThat(turned.low()).isEqualTo(-6);
        assertThat(turned.high()).isEqualTo(-1);
        assertThat(turned.value()).isEqualTo(-3.5);
    }
}
