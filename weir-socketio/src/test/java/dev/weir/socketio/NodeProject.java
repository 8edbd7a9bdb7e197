package dev.weir.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The scenarios, copied to where they may be built, with the packages that they need from npm's cache or registry. */
final class NodeProject {

    private static final String LOCK = "package-lock.json";
    private static final String INSTALLED = "installed-lock.json";

    private final Path directory;

    private NodeProject(Path directory) {
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    /** Installs the packages, unless they are there from an earlier run. */
    static NodeProject installed(Path sources, Path directory) throws IOException, InterruptedException {
        NodeProject project = new NodeProject(directory);
        Files.createDirectories(directory);
        Path mutex = directory.resolve("install.lock");
        // Classes of tests run beside each other, in JVMs of their own.
        try (FileChannel channel = FileChannel.open(mutex, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            assertThat(held.isValid()).isTrue();
            copy(sources, directory);
            project.install();
        }
        return project;
    }

    private void install() throws IOException, InterruptedException {
        Path stamp = directory.resolve(INSTALLED);
        if (!Files.exists(stamp) || Files.mismatch(stamp, directory.resolve(LOCK)) >= 0) {
            List<String> install = List.of("npm", "ci", "--prefer-offline", "--no-audit", "--no-fund");
            int exit = start("npm", Duration.ofMinutes(3), install);
            assertThat(exit).as("npm ci: %s", log("npm")).isZero();
            Files.copy(directory.resolve(LOCK), stamp, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void copy(Path sources, Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file : files.filter(path -> !path.startsWith(sources.resolve("node_modules")))
                    .filter(Files::isRegularFile)
                    .toList()) {
                Path copy = directory.resolve(sources.relativize(file));
                if (Files.exists(copy) && Files.mismatch(file, copy) < 0) {
                    continue;
                }
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /**
     * Runs the scenarios; 1 says that some have failed, which is a result.
     *
     * @param name of the files in which its output is kept
     * @return what it wrote to standard output
     */
    String run(String name, Duration limit, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", "run.mjs"));
        command.addAll(arguments);
        assertThat(start(name, limit, command)).as("%s: %s", command, log(name)).isBetween(0, 1);
        return Files.readString(output(name));
    }

    /**
     * Runs another script, which must end well.
     *
     * @return what it wrote to standard output
     */
    String script(String name, Duration limit, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node"));
        command.addAll(arguments);
        assertThat(start(name, limit, command))
                .as("%s: %s", arguments.get(0), log(name))
                .isZero();
        return Files.readString(output(name));
    }

    private int start(String name, Duration limit, List<String> command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectOutput(output(name).toFile())
                    .redirectError(directory.resolve(name + ".err").toFile())
                    .start();
        } catch (IOException missing) {
            return fail(
                    command.get(0) + " is missing: install Node.js 18.17 or later, and npm"
                            + " (on Debian, as root: apt-get install nodejs npm)",
                    missing);
        }
        try {
            assertThat(process.waitFor(limit.toSeconds(), TimeUnit.SECONDS))
                    .as("%s within %s: %s", command, limit, log(name))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return process.exitValue();
    }

    private Path output(String name) {
        return directory.resolve(name + ".out");
    }

    /** The end of what it said. */
    private String log(String name) throws IOException {
        String said = Files.readString(directory.resolve(name + ".err"));
        return said.substring(Math.max(0, said.length() - 2_000));
    }
}
