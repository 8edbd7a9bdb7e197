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
            24,
            8_642,
            1_234.4,
            0,
            917_504,
            64L << 20,
            List.of(
                    new PoolLine("shared", "jdbc", "shared", 5, 5, 5, 0, 1, 0, 25_000_000, 541.2, 0, 0, 327_680),
                    new PoolLine("frugal", "jdbc", "frugal", 3, 3, 2, 1, 0, 850_000, 2_100_000, 300, 1_234, 2, 196_608),
                    new PoolLine(
                            "performance",
                            "jdbc",
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
                            393_216),
                    new PoolLine("redis", "redis", "frugal", 3, 3, 1, 2, 0, 0, 0, 640, 0, 0, 73_728)));

    @Test
    void aWideScreenShowsEverything() {
        assertThat(String.join("\n", Frame.lines(SAMPLE, 130))).isEqualTo("""

                0:07 of 20s  1,234 tx/s  8,642 transactions  0 errors  24 users
                pool          kind    profile        size   leased   idle   wait      p50      p99     ops/s   rejected   leaked      memory
                shared        jdbc    shared          5/5        5      0      1        0    25 ms       541          0        0   320.0 KiB
                frugal        jdbc    frugal          3/3        2      1      0   850 µs   2.1 ms       300      1,234        2   192.0 KiB
                performance   jdbc    performance    6/25        6      0     12    1.5 s    2.0 s       8.3          0        0   384.0 KiB
                redis         redis   frugal          3/3        1      2      0        0        0       640          0        0    72.0 KiB
                memory 896.0 KiB of 64.0 MiB granted; Ctrl-C ends the run in order""");
    }

    @Test
    void aUsualScreenGivesUpGapsThenTheProfileAndTheKind() {
        assertThat(String.join("\n", Frame.lines(SAMPLE, 80))).isEqualTo("""

                0:07 of 20s  1,234 tx/s  8,642 transactions  0 errors  24 users
                pool         size leased wait    p50    p99   ops/s rejected leaked    memory
                shared        5/5      5    1      0  25 ms     541        0      0 320.0 KiB
                frugal        3/3      2    0 850 µs 2.1 ms     300    1,234      2 192.0 KiB
                performance  6/25      6   12  1.5 s  2.0 s     8.3        0      0 384.0 KiB
                redis         3/3      1    0      0      0     640        0      0  72.0 KiB
                memory 896.0 KiB of 64.0 MiB granted; Ctrl-C ends the run in order""");
    }

    @Property
    void noLineIsWiderThanTheScreen(@ForAll @IntRange(min = 1, max = 200) int width) {
        assertThat(Frame.lines(SAMPLE, width)).allMatch(line -> line.length() <= width);
    }

    @Test
    void aLogHasItInOneLine() {
        assertThat(Frame.line(SAMPLE))
                .isEqualTo("0:07 of 20s  1,234 tx/s  8,642 transactions  0 errors  24 users"
                        + " | shared 5/5/5 leased/size/max, 1 waiting, p99 25 ms"
                        + " | frugal 2/3/3 leased/size/max, 0 waiting, p99 2.1 ms, 1,234 rejected"
                        + " | performance 6/6/25 leased/size/max, 12 waiting, p99 2.0 s"
                        + " | redis 1/3/3 leased/size/max, 0 waiting, p99 0");
    }
}
