package dev.weir.benchmarks.socketio;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One run: row by row, fork by fork, and within each the peers take turns, each in a fresh process. */
final class Comparison implements AutoCloseable {

    private static final TypeReference<List<Figure>> FIGURES = new TypeReference<>() {};
    private static final int LONGEST_REASON = 2_000;

    private final Path java;
    private final List<String> quiet;
    private final Size size;
    private final Consumer<String> progress;
    private final Path directory;
    private final List<Figure> figures = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    Comparison(Path jdk, Size size, Consumer<String> progress) throws IOException {
        java = jdk.resolve("bin").resolve("java");
        // From 24 on, the JVM warns of what Netty does to reach its native transport.
        quiet = feature(jdk) >= 24
                ? List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED")
                : List.of();
        this.size = size;
        this.progress = progress;
        directory = Files.createTempDirectory("weir-bench-socketio");
    }

    void run(List<Row> rows, List<Peer> peers) throws InterruptedException {
        List<Peer> ready = new ArrayList<>(peers);
        if (ready.contains(Peer.NODE)) {
            try {
                NodeProject.install(directory);
            } catch (IOException failed) {
                fail("node", failed);
                ready.remove(Peer.NODE);
            }
        }
        for (Row row : rows) {
            long begin = System.nanoTime();
            for (int fork = 0; fork < size.forks; fork++) {
                for (Peer peer : ready) {
                    try {
                        measure(row, peer).forEach(figure -> figures.add(figure.of(row, peer)));
                    } catch (IOException failed) {
                        fail(row.id() + ", " + peer.id(), failed);
                    }
                }
            }
            progress.accept(String.format(Locale.ROOT, "%s: %.0f s", row.id(), (System.nanoTime() - begin) / 1e9));
        }
    }

    private void fail(String what, IOException failed) {
        failures.add(what + ": " + failed.getMessage());
        progress.accept("not measured: " + what + ": " + failed.getMessage());
    }

    private List<Figure> measure(Row row, Peer peer) throws IOException, InterruptedException {
        Path answer = directory.resolve("answer");
        Files.deleteIfExists(answer);
        List<String> serving = peer.command(java, quiet, directory, row.maxPerAddress(size));
        try (PeerProcess server = PeerProcess.start(serving, directory.resolve("server.log"))) {
            Target target = server.target();
            List<String> command = new ArrayList<>(List.of(java.toString()));
            command.addAll(quiet);
            command.addAll(List.of("-XX:+UseParallelGC", "-Xmx1g", "-cp", System.getProperty("java.class.path")));
            command.addAll(List.of(LoadMain.class.getName(), row.name(), size.name()));
            command.addAll(List.of(Integer.toString(target.port()), Long.toString(target.pid()), answer.toString()));
            load(command);
        }
        return new ObjectMapper().readValue(answer.toFile(), FIGURES);
    }

    private void load(List<String> command) throws IOException, InterruptedException {
        Path log = directory.resolve("load.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(size.limit().toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("not done after " + size.limit().toSeconds() + " s");
            }
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new IOException("the load ended with " + process.exitValue() + ": " + beginning(log));
        }
    }

    List<Figure> figures() {
        return List.copyOf(figures);
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    static String beginning(Path log) throws IOException {
        String text = Files.readString(log);
        return text.substring(0, Math.min(text.length(), LONGEST_REASON)).trim();
    }

    private static int feature(Path jdk) throws IOException {
        try (Stream<String> lines = Files.lines(jdk.resolve("release"))) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replaceAll("^JAVA_VERSION=\"(\\d+).*", "$1"))
                    .mapToInt(Integer::parseInt)
                    .findFirst()
                    .orElse(0);
        }
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
