package dev.weir.server.tpcb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TpcbInvariantTest {

    @Test
    void holdsWhenTheSumsAgreeAndEveryTransactionHasItsRow() {
        assertThat(new TpcbInvariant(-40, -40, -40, -40, 7).holds(7, 0)).isTrue();
    }

    @Test
    void isBrokenByAnySumThatDiffers() {
        assertThat(new TpcbInvariant(1, 0, 0, 0, 7).holds(7, 0)).isFalse();
        assertThat(new TpcbInvariant(0, 1, 0, 0, 7).holds(7, 0)).isFalse();
        assertThat(new TpcbInvariant(0, 0, 1, 0, 7).holds(7, 0)).isFalse();
        assertThat(new TpcbInvariant(0, 0, 0, 1, 7).holds(7, 0)).isFalse();
    }

    @Test
    void isBrokenByATransactionLostOrCarriedOutTwice() {
        assertThat(new TpcbInvariant(0, 0, 0, 0, 6).holds(7, 0)).isFalse();
        assertThat(new TpcbInvariant(0, 0, 0, 0, 8).holds(7, 0)).isFalse();
    }

    @Test
    void aCommitWhoseAnswerWasLostMayCountOrNot() {
        assertThat(new TpcbInvariant(0, 0, 0, 0, 7).holds(7, 2)).isTrue();
        assertThat(new TpcbInvariant(0, 0, 0, 0, 9).holds(7, 2)).isTrue();
        assertThat(new TpcbInvariant(0, 0, 0, 0, 10).holds(7, 2)).isFalse();
    }
}
