package dev.weir.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {

    @ParameterizedTest
    @CsvSource({
        "4096, 4096",
        "64MiB, 67108864",
        "512 KiB, 524288",
        "1g, 1073741824",
        "2MB, 2000000",
        "0, 0",
        "7B, 7",
        "unlimited, 9223372036854775807"
    })
    void readsWhatPeopleWrite(String text, long expected) {
        assertThat(ByteSize.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "much", "-1", "1.5GiB", "64MiBs"})
    void saysHowToWriteWhatItCannotRead(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text)).hasMessageContaining("is not an amount of memory: write 64MiB");
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1024, 1.0 KiB", "67108864, 64.0 MiB", "1610612736, 1.5 GiB"})
    void showsFewDigits(long bytes, String expected) {
        assertThat(ByteSize.format(bytes)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999999999999g", "9999999999999999999"})
    void doesNotOverflow(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text)).hasMessageContaining("more than can be counted");
    }
}
