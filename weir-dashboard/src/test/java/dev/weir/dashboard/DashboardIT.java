package dev.weir.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.pool.Pool;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page, end to end, in a headless Chromium; leaves screenshots of every view in {@code target/screenshots}. */
@Tag("first-jdk")
class DashboardIT {

    private static final Path SOURCES = Path.of("src", "test", "js");
    private static final Path PROJECT = Path.of("target", "pages");

    @Test
    void thePageShowsWhatHappensAndSteersIt() throws Exception {
        install();
        try (Service service = new Service(0)) {
            Pool<String> reports = Demo.fill(service);
            List<String> done = new ArrayList<>();
            Process browser = new ProcessBuilder(
                            "node",
                            "pages.mjs",
                            service.dashboard.url(),
                            Service.TOKEN,
                            Path.of("target", "screenshots").toAbsolutePath().toString())
                    .directory(PROJECT.toFile())
                    .redirectError(PROJECT.resolve("pages.err").toFile())
                    .start();
            try (BufferedReader said = browser.inputReader();
                    Writer answers = browser.outputWriter()) {
                for (String line = said.readLine(); line != null; line = said.readLine()) {
                    if (line.startsWith("do ")) {
                        perform(line.substring(3), service, reports);
                        answers.write("done\n");
                        answers.flush();
                    } else {
                        done.add(line);
                    }
                }
                assertThat(browser.waitFor(1, TimeUnit.MINUTES)).isTrue();
            } finally {
                browser.destroyForcibly();
            }
            assertThat(browser.exitValue())
                    .as("after %s: %s", done, Files.readString(PROJECT.resolve("pages.err")))
                    .isZero();
            assertThat(done).hasSize(8);
        }
    }

    private static void perform(String what, Service service, Pool<String> reports) {
        switch (what) {
            case "leak" -> service.leak(reports);
            case "overload" -> service.overload(reports, 12);
            case "calm" -> service.calm();
            default -> throw new IllegalArgumentException(what);
        }
    }

    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(PROJECT);
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, PROJECT.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Path stamp = PROJECT.resolve("installed-lock.json");
        Path lock = PROJECT.resolve("package-lock.json");
        if (Files.exists(stamp) && Files.mismatch(stamp, lock) < 0) {
            return;
        }
        Process npm = new ProcessBuilder("npm", "ci", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts")
                .directory(PROJECT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(PROJECT.resolve("npm.out").toFile())
                .start();
        assertThat(npm.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(npm.exitValue())
                .as(() -> "npm ci failed; Node.js 18.17 or later and npm are needed: see " + PROJECT + "/npm.out")
                .isZero();
        Files.copy(lock, stamp, StandardCopyOption.REPLACE_EXISTING);
    }
}
