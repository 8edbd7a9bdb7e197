package dev.weir.benchmarks;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.benchmarks.contender.Contenders;
import dev.weir.benchmarks.noop.Completion;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
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

/** Starts the JVMs that measure. Not thread-safe; closing it removes its directory. */
final class Forks implements AutoCloseable {

    private static final TypeReference<List<Figure>> FIGURES = new TypeReference<>() {};

    private final String java;
    private final String[] quiet;
    private final Path directory;
    private final Path answer;
    private final Map<String, String> environment = new HashMap<>();

    Forks(Path jdk) throws IOException {
        java = jdk.resolve("bin").resolve("java").toString();
        // From 24 on, JMH and BeeCP would have the JVM warn about what they use, once a fork.
        quiet = Machine.feature(jdk) >= 24 ? new String[] {"--sun-misc-unsafe-memory-access=allow"} : new String[0];
        directory = Files.createTempDirectory("weir-bench");
        answer = directory.resolve("answer");
        Completion.write(directory);
    }

    /** The command that starts a JVM. */
    String java() {
        return java;
    }

    /** Options of the JVM that keep it quiet. */
    String[] quiet() {
        return quiet.clone();
    }

    /** Tells the forks from now on of the PostgreSQL to use. */
    void server(String url, String user, String password) {
        environment.put(PostgresWork.URL, url);
        environment.put(PostgresWork.USER, user);
        environment.put(PostgresWork.PASSWORD, password);
    }

    /** Measures one pool in one row, in a JVM of its own. */
    List<Figure> measure(Row row, String pool, Effort effort) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of("-Xms1g", "-Xmx1g"));
        // Serial: what is live after a collection is exact.
        options.add(row == Row.FOOTPRINT ? "-XX:+UseSerialGC" : "-XX:+UseParallelGC");
        run(options, Fork.class, List.of(row.name(), pool, effort.name()), effort.forkLimit());
        List<Figure> figures = new ArrayList<>(new ObjectMapper().readValue(answer.toFile(), FIGURES));
        if (row == Row.FOOTPRINT) {
            figures.addAll(coldStart(pool, effort));
            figures.addAll(jars(pool));
        }
        return figures;
    }

    private List<Figure> coldStart(String pool, Effort effort) throws IOException, InterruptedException {
        run(List.of("-Xmx512m", "-XX:+UseSerialGC"), ColdStart.class, List.of(pool), effort.forkLimit());
        String[] figures = Files.readString(answer).trim().split(" ", -1);
        String variant = "first connection";
        return List.of(
                Figure.of(Row.FOOTPRINT, variant, pool, "time", Double.parseDouble(figures[0]) / 1e6, "ms"),
                Figure.of(Row.FOOTPRINT, variant, pool, "classes loaded", Double.parseDouble(figures[1]), ""),
                Figure.of(Row.FOOTPRINT, variant, pool, "threads", Double.parseDouble(figures[2]), ""));
    }

    /** The jars that the pool needs, where it runs from jars. */
    private static List<Figure> jars(String pool) {
        List<Class<?>> jars = Contenders.of(pool).jars();
        long bytes = 0;
        for (Class<?> type : jars) {
            File jar = jar(type);
            if (!jar.isFile()) {
                return List.of();
            }
            bytes += jar.length();
        }
        int own = pool.equals(Contenders.WEIR) ? jars.size() : 1;
        return List.of(
                Figure.of(Row.FOOTPRINT, "jars", pool, "size", bytes / 1024.0, "KiB"),
                Figure.of(Row.FOOTPRINT, "jars", pool, "dependencies", jars.size() - own, ""));
    }

    static File jar(Class<?> type) {
        try {
            return new File(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void run(List<String> options, Class<?> main, List<String> arguments, Duration limit)
            throws IOException, InterruptedException {
        Files.deleteIfExists(answer);
        Path output = directory.resolve("output");
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(options);
        command.addAll(List.of(quiet));
        command.add("-cp");
        command.add(directory + File.pathSeparator + System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(arguments);
        command.add(answer.toString());
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("not done after " + limit.toSeconds() + " s");
            }
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0 || !Files.exists(answer)) {
            throw new IOException("the JVM ended with " + process.exitValue() + ": " + beginning(output));
        }
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
