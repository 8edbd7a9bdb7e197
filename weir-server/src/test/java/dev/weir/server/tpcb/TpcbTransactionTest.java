package dev.weir.server.tpcb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TpcbTransactionTest {

    @Property
    void everyDrawStaysWithinTheTables(@ForAll long seed, @ForAll @IntRange(min = 1, max = 20_000) int scale) {
        TpcbTransaction drawn = TpcbTransaction.draw(new SplittableRandom(seed), scale);
        assertThat(drawn.account()).isBetween(1, 100_000 * scale);
        assertThat(drawn.teller()).isBetween(1, 10 * scale);
        assertThat(drawn.branch()).isBetween(1, scale);
        assertThat(drawn.delta()).isBetween(-5_000, 5_000);
    }

    @Test
    void bothEndsOfEachRangeAreDrawn() {
        SplittableRandom random = new SplittableRandom(7);
        boolean least = false;
        boolean most = false;
        boolean lastTeller = false;
        for (int i = 0; i < 200_000; i++) {
            TpcbTransaction drawn = TpcbTransaction.draw(random, 1);
            least |= drawn.delta() == -5_000;
            most |= drawn.delta() == 5_000;
            lastTeller |= drawn.teller() == 10;
        }
        assertThat(least && most && lastTeller).isTrue();
    }
}
