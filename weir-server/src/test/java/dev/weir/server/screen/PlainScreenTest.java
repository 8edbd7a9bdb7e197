package dev.weir.server.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainScreenTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PlainScreen screen = new PlainScreen(
            new PrintStream(out, false, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8), 5);

    @Test
    void aStepIsSaidOnce() {
        screen.progress("Loading", 0.1);
        screen.progress("Loading", 0.2);
        screen.say("Loaded");
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).containsExactly("Loading …", "Loaded");
    }

    @Test
    void thereIsALineEveryFewSeconds() {
        for (int second = 1; second <= 21; second++) {
            screen.show(new Sample(Duration.ofSeconds(second), null, 1, second, 1, 0, 0, 1, List.of()));
        }
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .extracting(line -> line.substring(0, 4))
                .containsExactly("0:05", "0:10", "0:15", "0:20");
    }

    @Test
    void warningsGoWhereErrorsGo() {
        screen.warn("careful");
        assertThat(out.size()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8).strip()).isEqualTo("careful");
    }
}
