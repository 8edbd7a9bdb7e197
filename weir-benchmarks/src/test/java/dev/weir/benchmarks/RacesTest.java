package dev.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs every race of {@code dev.weir.benchmarks.races} under jcstress, for a short time each. */
class RacesTest {

    private static final Path RACES = Path.of("target/classes/dev/weir/benchmarks/races");
    private static final Pattern TALLY =
            Pattern.compile("Results: (\\d+) planned; (\\d+) passed, 0 failed, 0 soft errs, 0 hard errs");

    @TempDir
    Path directory;

    @Test
    void noRaceHasAForbiddenOutcome() throws Exception {
        Path log = directory.resolve("jcstress.log");
        Process jcstress = new ProcessBuilder(command())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = jcstress.waitFor(10, TimeUnit.MINUTES);
        jcstress.destroyForcibly();
        String output = Files.readString(log, StandardCharsets.UTF_8);
        assertThat(ended).as(output).isTrue();
        assertThat(jcstress.exitValue()).as(output).isZero();

        Matcher tally = TALLY.matcher(output);
        int planned = 0;
        int passed = 0;
        while (tally.find()) {
            planned = Integer.parseInt(tally.group(1));
            passed = Integer.parseInt(tally.group(2));
        }
        // Some JDKs run each race a second time, with a compiler that shuffles.
        assertThat(planned).as(output).isGreaterThanOrEqualTo((int) races());
        assertThat(passed).as(output).isEqualTo(planned);
        assertThat(output).contains("All remaining tests: " + races() + " matching test results");
    }

    private static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                absolute(System.getProperty("java.class.path")),
                "org.openjdk.jcstress.Main",
                "-t",
                "dev.weir.benchmarks.races",
                "-m",
                "quick",
                "-f",
                "1",
                "-iters",
                "1",
                "-time",
                "200",
                // One way of compiling, and no pinning: the races are of whole methods, and the machine is shared.
                "-sc",
                "false",
                "-af",
                "NONE",
                "-jvmArgs",
                "-Xmx256m -XX:+UseSerialGC");
    }

    private static String absolute(String classPath) {
        return Stream.of(classPath.split(System.getProperty("path.separator"), -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .reduce((a, b) -> a + System.getProperty("path.separator") + b)
                .orElseThrow();
    }

    /** As many as there are classes that jcstress made a runner for. */
    private static long races() throws IOException {
        try (Stream<Path> files = Files.list(RACES)) {
            return files.filter(file -> file.getFileName().toString().endsWith("_jcstress.class"))
                    .count();
        }
    }
}
