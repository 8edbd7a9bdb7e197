package dev.weir.server.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.server.screen.Sample.PoolLine;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FrameTest {

    private static final Sample SAMPLE = new Sample(
            Duration.ofSeconds(7),
            Duration.ofSeconds(20),
            16,
            8_642,
            1_234.4,
            0,
            917_504,
            64L << 20,
            List.of(
                    new PoolLine("shared", "shared", 5, 5, 5, 0, 1, 0, 25_000_000, 541.2, 0, 0, 327_680),
                    new PoolLine("frugal", "frugal", 3, 3, 2, 1, 0, 850_000, 2_100_000, 300, 1_234, 2, 196_608),
                    new PoolLine(
                            "performance",
                            "performance",
                            6,
                            25,
                            6,
                            0,
                            12,
                            1_500_000_000,
                            2_000_000_000L,
                            8.25,
                            0,
                            0,
                            393_216)));

    @Test
    void aWideScreenShowsEverything() {
        assertThat(String.join("\n", Frame.lines(SAMPLE, 120))).isEqualTo("""

                0:07 of 20s  1,234 tx/s  8,642 transactions  0 errors  16 users
                pool          profile        size   leased   idle   wait      p50      p99      tx/s   rejected   leaked      memory
                shared        shared          5/5        5      0      1        0    25 ms       541          0        0   320.0 KiB
                frugal        frugal          3/3        2      1      0   850 µs   2.1 ms       300      1,234        2   192.0 KiB
                performance   performance    6/25        6      0     12    1.5 s    2.0 s       8.3          0        0   384.0 KiB
                memory 896.0 KiB of 64.0 MiB granted; Ctrl-C ends the run in order""");
    }

    @Test
    void aUsualScreenGivesUpGapsAndTheProfile() {
        assertThat(String.join("\n", Frame.lines(SAMPLE, 80))).isEqualTo("""

                0:07 of 20s  1,234 tx/s  8,642 transactions  0 errors  16 users
                pool         size leased wait    p50    p99    tx/s rejected leaked    memory
                shared        5/5      5    1      0  25 ms     541        0      0 320.0 KiB
                frugal        3/3      2    0 850 µs 2.1 ms     300    1,234      2 192.0 KiB
                performance  6/25      6   12  1.5 s  2.0 s     8.3        0      0 384.0 KiB
                memory 896.0 KiB of 64.0 MiB granted; Ctrl-C ends the run in order""");
    }

    @Property
    void noLineIsWiderThanTheScreen(@ForAll @IntRange(min = 1, max = 200) int width) {
        assertThat(Frame.lines(SAMPLE, width)).allMatch(line -> line.length() <= width);
    }

    @Test
    void aLogHasItInOneLine() {
        assertThat(Frame.line(SAMPLE))
                .isEqualTo("0:07 of 20s  1,234 tx/s  8,642 transactions  0 errors  16 users"
                        + " | shared 5/5/5 leased/size/max, 1 waiting, p99 25 ms"
                        + " | frugal 2/3/3 leased/size/max, 0 waiting, p99 2.1 ms, 1,234 rejected"
                        + " | performance 6/6/25 leased/size/max, 12 waiting, p99 2.0 s");
    }
}
