package dev.weir.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TickerTest {

    @Test
    void theSystemTickerNeverGoesBack() {
        Ticker ticker = Ticker.system();
        long first = ticker.nanos();
        assertThat(ticker.nanos() - first).isNotNegative();
    }
}
