package dev.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TickerBenchTest {

    @Test
    void aReadingIsTheClocks() {
        long before = System.nanoTime();
        assertThat(new TickerBench().read() - before).isNotNegative();
    }
}
