package dev.weir.server.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountersTest {

    private final Counters counters = new Counters();
    private final long[] counted = new long[Counters.COUNT];

    CountersTest() {
        counters.acknowledged(3);
        counters.acknowledged(3);
        counters.acknowledged(5);
        counters.uncertain(5);
        counted[3] = 2;
        counted[5] = 1;
    }

    @Test
    void holdWhenEveryAcknowledgedIncrementIsThere() {
        assertThat(counters.verdict(counted)).isEqualTo(new Counters.Verdict(3, 1, 3L, true, null));
    }

    @Test
    void anIncrementWhoseReplyWasLostMayCountOrNot() {
        counted[5] = 2;
        assertThat(counters.verdict(counted).holds()).isTrue();
        counted[5] = 3;
        assertThat(counters.verdict(counted).holds()).isFalse();
    }

    @Test
    void areBrokenByAnIncrementLostOrCarriedOutTwice() {
        counted[3] = 1;
        assertThat(counters.verdict(counted).holds()).isFalse();
        counted[3] = 3;
        assertThat(counters.verdict(counted).holds()).isFalse();
    }

    @Test
    void whatOneCounterLostIsNotMadeUpForByAnother() {
        counted[3] = 1;
        counted[5] = 2;
        assertThat(counters.verdict(counted)).isEqualTo(new Counters.Verdict(3, 1, 3L, false, null));
    }
}
