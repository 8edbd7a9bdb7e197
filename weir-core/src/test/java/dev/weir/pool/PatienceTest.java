package dev.weir.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private static final long MICRO = TimeUnit.MICROSECONDS.toNanos(1);

    private final Patience patience = new Patience();
    private long now = 17;

    private void handOver(int times, long every) {
        for (int i = 0; i < times; i++) {
            now += every;
            patience.handedOver(now);
        }
    }

    @Test
    void isLeastAsLongAsNothingIsKnown() {
        assertThat(patience.nanos(1_000, 4)).isEqualTo(Patience.LEAST);
        patience.handedOver(now);
        assertThat(patience.nanos(1_000, 4)).isEqualTo(Patience.LEAST);
    }

    @Test
    void isLeastForLongLeases() {
        handOver(20, 250 * MICRO);
        assertThat(patience.nanos(60, 4)).isEqualTo(Patience.LEAST);
    }

    @Test
    void isTwiceTheTimeToServeTheQueueForShortOnes() {
        handOver(20, 30 * MICRO);
        assertThat(patience.nanos(56, 8)).isEqualTo(2 * 56 * 30 * MICRO);
    }

    @Test
    void hasALeastAndAMost() {
        handOver(20, 30 * MICRO);
        assertThat(patience.nanos(1, 8)).isEqualTo(Patience.LEAST);
        assertThat(patience.nanos(10_000, 8)).isEqualTo(Patience.MOST);
    }

    @Test
    void forgetsWhatItKnewOfShortLeasesWhenTheyBecomeLong() {
        handOver(20, 30 * MICRO);
        handOver(40, 250 * MICRO);
        assertThat(patience.nanos(56, 4)).isEqualTo(Patience.LEAST);
    }

    @Test
    void doesNotTakeATimeOfCompetitionForALease() {
        handOver(20, 30 * MICRO);
        long before = patience.nanos(56, 8);
        patience.compete();
        handOver(1, TimeUnit.SECONDS.toNanos(1));
        assertThat(patience.nanos(56, 8)).isEqualTo(before);
    }
}
