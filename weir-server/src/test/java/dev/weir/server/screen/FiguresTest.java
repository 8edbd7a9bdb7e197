package dev.weir.server.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "999, 0",
        "1000, 1 µs",
        "850000, 850 µs",
        "1200000, 1.2 ms",
        "340000000, 340 ms",
        "1500000000, 1.5 s",
        "61000000000, 61.0 s"
    })
    void spansHaveTwoOrThreeDigits(long nanos, String expected) {
        assertThat(Figures.span(nanos)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"PT7S, 0:07", "PT12M30S, 12:30", "PT1H5S, 1:00:05"})
    void clocks(Duration time, String expected) {
        assertThat(Figures.clock(time)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"0;0.0", "8.25;8.3", "12.4;12", "1234.4;1,234"})
    void rates(double rate, String expected) {
        assertThat(Figures.rate(rate)).isEqualTo(expected);
    }
}
