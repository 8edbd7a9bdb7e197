package dev.weir.benchmarks;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.benchmarks.noop.Completion;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.CompilerHints;

/** Starts the JVMs that measure, and ends those that hang. Not thread-safe; closing it removes its directory. */
final class Forks implements AutoCloseable {

    private static final TypeReference<List<Figure>> FIGURES = new TypeReference<>() {};

    private final Path directory;
    private final Path answer;
    private final Map<String, String> environment = new HashMap<>();

    Forks() throws IOException {
        directory = Files.createTempDirectory("weir-bench");
        answer = directory.resolve("answer");
        Completion.write(directory);
    }

    /** Tells the forks from now on of the PostgreSQL to use. */
    void server(String url, String user, String password) {
        environment.put(PostgresWork.URL, url);
        environment.put(PostgresWork.USER, user);
        environment.put(PostgresWork.PASSWORD, password);
    }

    /**
     * What a fork found.
     *
     * @param pieces the figures of each piece that was done, in the order asked for
     * @param failure why the next one was not, if there is a next one; else empty
     */
    record Answer(List<List<Figure>> pieces, String failure) {}

    /** Measures pieces of one pool in a JVM of its own. */
    Answer measure(Path jdk, List<Piece> pieces, String pool, Effort effort) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of("-Xms1g", "-Xmx1g"));
        Row row = pieces.get(0).row();
        // Serial: what is live after a collection is exact.
        options.add(row == Row.FOOTPRINT ? "-XX:+UseSerialGC" : "-XX:+UseParallelGC");
        if (row.work() instanceof Micros) {
            CompilerHints.addCompilerHints(options);
        }
        List<String> arguments = new ArrayList<>(List.of(pool, effort.name(), answer.toString()));
        pieces.forEach(piece -> arguments.add(piece.toString()));
        Duration limit = effort.forkLimit();
        String failure = run(command(jdk, options, Fork.class, arguments), limit);
        List<List<Figure>> done = new ArrayList<>();
        if (Files.exists(answer)) {
            ObjectMapper mapper = new ObjectMapper();
            for (String line : Files.readAllLines(answer)) {
                done.add(new ArrayList<>(mapper.readValue(line, FIGURES)));
            }
        }
        if (row == Row.FOOTPRINT && failure.isEmpty()) {
            done.get(0).addAll(coldStart(jdk, pool, limit));
            done.get(0).addAll(Jars.figures(pool));
        }
        return new Answer(done, done.size() < pieces.size() ? failure : "");
    }

    private List<Figure> coldStart(Path jdk, String pool, Duration limit) throws IOException, InterruptedException {
        List<String> options = List.of("-Xmx512m", "-XX:+UseSerialGC");
        String failure = run(command(jdk, options, ColdStart.class, List.of(pool, answer.toString())), limit);
        if (!failure.isEmpty()) {
            throw new IOException("its first connection: " + failure);
        }
        String[] figures = Files.readString(answer).trim().split(" ", -1);
        String variant = "first connection";
        return List.of(
                Figure.of(Row.FOOTPRINT, variant, pool, "time", Double.parseDouble(figures[0]) / 1e6, "ms"),
                Figure.of(Row.FOOTPRINT, variant, pool, "classes loaded", Double.parseDouble(figures[1]), ""),
                Figure.of(Row.FOOTPRINT, variant, pool, "threads", Double.parseDouble(figures[2]), ""));
    }

    /** The command of a JVM with everything on its class path. */
    List<String> command(Path jdk, List<String> options, Class<?> main, List<String> arguments) {
        List<String> command =
                new ArrayList<>(List.of(jdk.resolve("bin").resolve("java").toString()));
        command.addAll(options);
        if (Jdks.feature(jdk) >= 24) {
            // Else the JVM warns about what JMH and BeeCP use, once a fork.
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.add("-cp");
        command.add(directory + File.pathSeparator + System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(arguments);
        return command;
    }

    /** Empty, or why it failed. */
    private String run(List<String> command, Duration limit) throws IOException, InterruptedException {
        Files.deleteIfExists(answer);
        Path output = directory.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended;
        try {
            ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
        } finally {
            process.destroyForcibly();
        }
        if (!ended) {
            process.waitFor();
            return "not done after " + limit.toSeconds() + " s, and ended";
        }
        return process.exitValue() == 0 ? "" : "the JVM ended with " + process.exitValue() + ": " + beginning(output);
    }

    private static String beginning(Path output) throws IOException {
        String text = Files.readString(output);
        return text.substring(0, Math.min(text.length(), 2_000)).trim();
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
