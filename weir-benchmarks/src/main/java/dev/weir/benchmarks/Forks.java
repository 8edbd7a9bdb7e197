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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.CompilerHints;

/**
 * Starts the JVMs that measure, and ends those that hang; none outlives this one. Thread-safe, but for {@link #server};
 * closing it removes its directory.
 */
final class Forks implements AutoCloseable {

    private static final TypeReference<List<Figure>> FIGURES = new TypeReference<>() {};

    private final Path directory;
    private final Set<Process> alive = ConcurrentHashMap.newKeySet();
    private final Thread atExit = new Thread(() -> alive.forEach(Process::destroyForcibly), "bench-exit");
    private final Map<String, String> environment = new HashMap<>();

    Forks() throws IOException {
        directory = Files.createTempDirectory("weir-bench");
        Completion.write(directory);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Tells the forks from now on of the server to use. */
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
        Path answer = Files.createTempFile(directory, "answer", "");
        List<String> arguments = new ArrayList<>(List.of(pool, effort.name(), answer.toString()));
        pieces.forEach(piece -> arguments.add(piece.toString()));
        Duration limit = effort.forkLimit();
        String failure = run(command(jdk, options, Fork.class, arguments), limit);
        List<List<Figure>> done = new ArrayList<>();
        ObjectMapper mapper = new ObjectMapper();
        for (String line : Files.readAllLines(answer)) {
            done.add(new ArrayList<>(mapper.readValue(line, FIGURES)));
        }
        if (row == Row.FOOTPRINT && failure.isEmpty()) {
            failure = coldStart(jdk, pool, limit, done.get(0));
            if (!failure.isEmpty()) {
                return new Answer(List.of(), "its first connection: " + failure);
            }
            done.get(0).addAll(Jars.figures(pool));
        }
        return new Answer(done, done.size() < pieces.size() ? failure : "");
    }

    /** Adds what a first connection costs; returns why it cannot, or empty. */
    private String coldStart(Path jdk, String pool, Duration limit, List<Figure> figures)
            throws IOException, InterruptedException {
        List<String> options = List.of("-Xmx512m", "-XX:+UseSerialGC");
        Path answer = Files.createTempFile(directory, "answer", "");
        String failure = run(command(jdk, options, ColdStart.class, List.of(pool, answer.toString())), limit);
        if (failure.isEmpty()) {
            String[] costs = Files.readString(answer).trim().split(" ", -1);
            String variant = "first connection";
            figures.add(Figure.of(Row.FOOTPRINT, variant, pool, "time", Double.parseDouble(costs[0]) / 1e6, "ms"));
            figures.add(Figure.of(Row.FOOTPRINT, variant, pool, "classes loaded", Double.parseDouble(costs[1]), ""));
            figures.add(Figure.of(Row.FOOTPRINT, variant, pool, "threads", Double.parseDouble(costs[2]), ""));
        }
        return failure;
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
        Path output = Files.createTempFile(directory, "output", "");
        Process process =
                start(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()));
        boolean ended;
        try {
            ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
        } finally {
            end(process);
        }
        if (!ended) {
            return "not done after " + limit.toSeconds() + " s, and ended";
        }
        return process.exitValue() == 0 ? "" : "the JVM ended with " + process.exitValue() + ": " + beginning(output);
    }

    /** Starts a process that knows of the PostgreSQL, and does not outlive this one. */
    Process start(ProcessBuilder builder) throws IOException {
        environment.forEach(builder.environment()::putIfAbsent);
        Process process = builder.start();
        alive.add(process);
        return process;
    }

    void end(Process process) throws InterruptedException {
        process.destroyForcibly().waitFor();
        alive.remove(process);
    }

    private static String beginning(Path output) throws IOException {
        String text = Files.readString(output);
        return text.substring(0, Math.min(text.length(), 2_000)).trim();
    }

    @Override
    public void close() throws IOException {
        Runtime.getRuntime().removeShutdownHook(atExit);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
