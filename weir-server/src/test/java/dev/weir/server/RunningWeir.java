package dev.weir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The command line as a process of its own, with a temporary directory of its own, as {@code ./weir} would start it. */
final class RunningWeir implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path temporary;
    private final Path json;
    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private RunningWeir(Path home, Map<String, String> environment, List<String> arguments) throws IOException {
        // The embedded server runs under another account where the test is root, and must reach its files.
        for (Path path = home;
                path != null && path.startsWith(System.getProperty("java.io.tmpdir"));
                path = path.getParent()) {
            if (Files.isWritable(path) && Files.getOwner(path).getName().equals(System.getProperty("user.name"))) {
                open(path);
            }
        }
        temporary = Files.createDirectory(home.resolve("tmp"));
        open(temporary);
        json = home.resolve("result.json");
        List<String> command = new ArrayList<>(defaultSignals());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Djava.io.tmpdir=" + temporary,
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                "--json",
                json.toString()));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).directory(home.toFile());
        builder.environment().putAll(environment);
        process = builder.start();
        reader = new Thread(this::read, "reader of weir run");
        reader.start();
    }

    private static void open(Path directory) throws IOException {
        if (!Files.getPosixFilePermissions(directory).containsAll(PosixFilePermissions.fromString("r-xr-xr-x"))) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** A build in the background hears no Ctrl-C, and neither do its children unless they are told to. */
    private static List<String> defaultSignals() throws IOException {
        List<String> env = List.of("env", "--default-signal=INT");
        List<String> trial = new ArrayList<>(env);
        trial.add("true");
        Process probe = new ProcessBuilder(trial).redirectErrorStream(true).start();
        return probe.onExit().join().exitValue() == 0 ? env : List.of();
    }

    static RunningWeir start(Path home, String... arguments) throws IOException {
        return new RunningWeir(home, Map.of(), List.of(arguments));
    }

    static RunningWeir start(Path home, Map<String, String> environment, String... arguments) throws IOException {
        return new RunningWeir(home, environment, List.of(arguments));
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
            }
        } catch (IOException closed) {
            output.add("(the output broke off: " + closed + ")");
        }
    }

    String output() {
        return String.join("\n", output);
    }

    /** Waits until a line contains the text. */
    void awaitLine(String text) {
        awaitLines(1, text);
    }

    /** Waits until so many lines contain the text. */
    void awaitLines(int count, String text) {
        await().atMost(PATIENCE)
                .failFast("weir run ended before it said " + text, () -> {
                    assertThat(process.isAlive() || lines(text) >= count)
                            .as(this::output)
                            .isTrue();
                })
                .until(() -> lines(text) >= count);
    }

    private long lines(String text) {
        return output.stream().filter(line -> line.contains(text)).count();
    }

    /** Sends what Ctrl-C sends. */
    void interrupt() throws IOException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                .start()
                .onExit()
                .join();
    }

    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("ends within %s; it said:\n%s", PATIENCE, output())
                .isTrue();
        reader.join();
        return process.exitValue();
    }

    JsonNode result() throws IOException {
        return new ObjectMapper().readTree(json.toFile());
    }

    /** No process works in its temporary directory, and nothing is in it. */
    void assertNothingLeft() {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            try (Stream<Path> files = Files.list(temporary)) {
                assertThat(files).as("files left in the temporary directory").isEmpty();
            }
            assertThat(ProcessHandle.allProcesses()
                            .map(each -> each.info().commandLine().orElse(""))
                            .filter(line -> line.contains(temporary.toString())))
                    .as("processes left")
                    .isEmpty();
        });
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
