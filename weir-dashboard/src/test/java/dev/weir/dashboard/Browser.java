package dev.weir.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Scripts of {@code src/test/js}, run by Node.js, that drive a headless Chromium. */
final class Browser {

    private static final Path SOURCES = Path.of("src", "test", "js");
    private static final Path PROJECT = Path.of("target", "pages");

    private Browser() {}

    /**
     * Runs a script, and fails if it does.
     *
     * @param perform does what a line {@code do WHAT} asks for
     * @return the other lines it wrote
     */
    static List<String> run(Consumer<String> perform, String script, String... arguments)
            throws IOException, InterruptedException {
        install();
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(arguments));
        Path errors = PROJECT.resolve(script + ".err");
        Process node = new ProcessBuilder(command)
                .directory(PROJECT.toFile())
                .redirectError(errors.toFile())
                .start();
        List<String> done = new ArrayList<>();
        try (BufferedReader said = node.inputReader();
                Writer answers = node.outputWriter()) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.startsWith("do ")) {
                    perform.accept(line.substring(3));
                    answers.write("done\n");
                    answers.flush();
                } else {
                    done.add(line);
                }
            }
            assertThat(node.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            node.destroyForcibly();
        }
        assertThat(node.exitValue())
                .as("%s, after %s: %s", script, done, Files.readString(errors))
                .isZero();
        return done;
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
