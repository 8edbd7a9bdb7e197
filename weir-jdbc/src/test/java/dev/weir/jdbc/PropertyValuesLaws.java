package dev.weir.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;

class PropertyValuesLaws {

    @Property
    void aDurationIsReadBackFromItsIsoForm(@ForAll @LongRange(min = 0, max = 1L << 50) long millis) {
        Duration duration = Duration.ofMillis(millis);
        assertThat(PropertyValues.duration(duration.toString())).isEqualTo(duration);
        assertThat(PropertyValues.duration(millis + "ms")).isEqualTo(duration);
        assertThat(PropertyValues.duration(millis / 1000 + " s")).isEqualTo(Duration.ofSeconds(millis / 1000));
    }

    @Property
    void bytesAreReadInEveryUnit(@ForAll @LongRange(min = 0, max = 1 << 20) long number) {
        assertThat(PropertyValues.bytes(Long.toString(number))).isEqualTo(number);
        assertThat(PropertyValues.bytes(number + "KiB")).isEqualTo(number << 10);
        assertThat(PropertyValues.bytes(number + "MiB")).isEqualTo(number << 20);
        assertThat(PropertyValues.bytes(number + "kB")).isEqualTo(number * 1000);
    }

    @Property
    void noTextEndsInAnotherExceptionThanAdvice(@ForAll @AlphaChars @StringLength(min = 3, max = 12) String text) {
        assertThatThrownBy(() -> PropertyValues.duration(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write a time");
        assertThatThrownBy(() -> PropertyValues.bytes(text)).hasMessageContaining("write bytes");
        assertThatThrownBy(() -> PropertyValues.integer(text)).hasMessageContaining("write a whole number");
    }
}
