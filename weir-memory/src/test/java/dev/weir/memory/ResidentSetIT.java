package dev.weir.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.redis.local.LocalRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much of a process's resident set is explained, and whether no more is explained than is there. */
class ResidentSetIT {

    @ParameterizedTest
    @CsvSource({"G1, true, 0.95", "G1, false, 0.85", "Serial, true, 0.95", "Serial, false, 0.85"})
    void theColumnsCloseOnIt(String collector, boolean tracked, double least) throws Exception {
        List<String> options = new ArrayList<>(List.of("-Xmx256m", "-XX:+Use" + collector + "GC"));
        if (tracked) {
            options.add("-XX:NativeMemoryTracking=summary");
        }
        try (LocalRedis redis = LocalRedis.start();
                ChildJvm child = new ChildJvm(options, LoadedProgram.class, Integer.toString(redis.port()))) {
            String ready = child.line();
            assertThat(ready).startsWith("ready ");

            // While a method is being compiled the compiler takes and gives back megabytes between two looks.
            MemoryReport report = Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollInSameThread()
                    .until(() -> MemoryAttach.report(child.pid()), one -> closes(one, least));

            double explained = explained(report);
            System.out.printf(
                    Locale.ROOT,
                    "%s, native memory tracking %s: %.1f %% of %s explained, %.1f %% by lines that were measured%n",
                    collector,
                    tracked,
                    100 * explained,
                    Bytes.text(report.residentBytes()),
                    100 * measured(report));
            assertThat(report.process().stream()
                            .mapToLong(line -> line.figure().bytes())
                            .sum())
                    .isEqualTo(report.residentBytes());
            if (collector.equals("Serial")) {
                assertThat(measured(report)).as(report.toString()).isBetween(0.8, 1.02);
            }
            assertThat(report.direct().nettyBytes())
                    .as("Netty's own counter")
                    .isEqualTo(Long.parseLong(ready.substring("ready ".length())));
            assertThat(report.direct().totalBytes())
                    .as("%s", report.direct())
                    .isGreaterThanOrEqualTo(LoadedProgram.DIRECT);
            assertThat(report.owners())
                    .filteredOn(owner -> owner.type().equals("HikariCP"))
                    .singleElement()
                    .satisfies(owner -> assertThat(owner.columns().threads().bytes())
                            .as("%s", owner)
                            .isBetween(8L << 10, 1L << 20));
        }
    }

    private static double explained(MemoryReport report) {
        return 1 - (double) report.unexplainedBytes() / report.residentBytes();
    }

    private static boolean closes(MemoryReport report, double least) {
        boolean closes = explained(report) >= least && explained(report) <= 1.02;
        if (!closes) {
            System.out.println(report);
        }
        return closes;
    }

    /** What a bound explains, such as what the collector has committed and may not have touched, left out. */
    private static double measured(MemoryReport report) {
        List<MemoryLine> told = report.process().subList(0, report.process().size() - 1);
        return (double) told.stream()
                        .map(MemoryLine::figure)
                        .filter(figure -> figure.basis() == Basis.MEASURED)
                        .mapToLong(MemoryFigure::bytes)
                        .sum()
                / report.residentBytes();
    }
}
