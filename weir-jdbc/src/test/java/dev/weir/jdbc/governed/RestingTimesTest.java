package dev.weir.jdbc.governed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RestingTimesTest {

    private final RestingTimes times = new RestingTimes();

    @Test
    void nothingIdleHasNotRested() {
        assertThat(times.longest(0, 5)).isNegative();
    }

    @Test
    void theFirstThatCameToRestIsToSpareLongest() {
        times.observe(1, 0, 10);
        times.observe(3, 0, 20);
        assertThat(times.longest(0, 30)).isEqualTo(20);
        assertThat(times.longest(1, 30)).isEqualTo(10);
        assertThat(times.longest(3, 30)).isNegative();
    }

    @Test
    void aUseTakesTheNewestAway() {
        times.observe(1, 0, 10);
        times.observe(2, 0, 20);
        times.observe(1, 0, 30);
        assertThat(times.longest(0, 40)).isEqualTo(30);
    }

    @Test
    void aCloseTakesTheOldestAway() {
        times.observe(1, 0, 10);
        times.observe(2, 0, 20);
        times.observe(1, 1, 30);
        assertThat(times.longest(0, 40)).isEqualTo(20);
    }

    @Test
    void whatWasClosedWhileItWasUsedCountsOnce() {
        times.observe(2, 0, 10);
        times.observe(2, 1, 20);
        assertThat(times.longest(0, 30)).isEqualTo(20);
    }
}
