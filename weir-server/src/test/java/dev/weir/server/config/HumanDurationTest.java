package dev.weir.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HumanDurationTest {

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "20s, PT20S",
        "2m, PT2M",
        "1m30s, PT1M30S",
        "2h, PT2H",
        "1d, PT24H",
        "0, PT0S",
        "PT20S, PT20S",
        "pt0.25s, PT0.25S",
        "' 20S ', PT20S"
    })
    void readsWhatPeopleWrite(String text, Duration expected) {
        assertThat(HumanDuration.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "20 s", "1.5s", "20s!", "PT", "s20", "twenty", "9999999999999999999s"})
    void saysHowToWriteWhatItCannotRead(String text) {
        assertThatThrownBy(() -> HumanDuration.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' is not a duration: write 500ms, 20s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"20", "1.5", "-3"})
    void aNumberAloneHasNoUnit(String text) {
        assertThatThrownBy(() -> HumanDuration.parse(text)).hasMessageContaining("has no unit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-5S", "-PT5S"})
    void nothingLastsLessThanNothing(String text) {
        assertThatThrownBy(() -> HumanDuration.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void readsWhatItWrites(@ForAll @LongRange(min = 0, max = 400L * 86_400_000) long millis) {
        Duration duration = Duration.ofMillis(millis);
        assertThat(HumanDuration.parse(HumanDuration.format(duration))).isEqualTo(duration);
    }
}
