package dev.weir.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.benchmarks.outage.Fault;
import dev.weir.postgres.LocalPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** The parent's side of an {@link OutageFork}: one pool, in a JVM of its own, under a database user of its own. */
final class Sufferer {

    private static final TypeReference<List<Figure>> FIGURES = new TypeReference<>() {};
    private static final long PATIENCE_SECONDS = 40;
    /** The database is the run's own, on the loopback interface. */
    private static final String PASSWORD = "sufferer";

    private final String pool;
    private final Forks forks;
    private final Path said;
    private final List<String> command;
    private final BlockingQueue<String> heard = new ArrayBlockingQueue<>(64);
    private Process process;
    private String trouble = "";

    Sufferer(String pool, Path jdk, Effort effort, Forks forks, LocalPostgres server) throws IOException, SQLException {
        this.pool = pool;
        this.forks = forks;
        this.said = Files.createTempFile("weir-bench-sufferer", ".txt");
        this.command = forks.command(
                jdk, List.of("-Xmx256m", "-XX:+UseSerialGC"), OutageFork.class, List.of(pool, effort.name()));
        try (Connection connection = DriverManager.getConnection(server.url(), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute("create role " + role() + " login password '" + PASSWORD + "'");
        }
        process = start();
    }

    String pool() {
        return pool;
    }

    String role() {
        return "bench_" + pool.replace('-', '_');
    }

    /** Why the fault could not be measured, or empty. */
    String trouble() {
        return trouble;
    }

    void begin(Fault fault, int port) {
        trouble = "";
        say("begin " + fault.name() + " jdbc:postgresql://127.0.0.1:" + port + "/postgres");
    }

    void rest() {
        say("rest");
    }

    void over() {
        say("over");
    }

    /** Whether the fork says so in time. */
    boolean hears(String expected) {
        return trouble.isEmpty() && listen().equals(expected);
    }

    List<Figure> figures() {
        if (trouble.isEmpty()) {
            String text = listen();
            try {
                return trouble.isEmpty() ? new ObjectMapper().readValue(text, FIGURES) : List.of();
            } catch (JsonProcessingException garbled) {
                trouble = "it answered " + text;
            }
        }
        return List.of();
    }

    void restart() throws IOException, InterruptedException {
        end();
        heard.clear();
        process = start();
    }

    void end() throws IOException, InterruptedException {
        forks.end(process);
        Files.deleteIfExists(said);
    }

    private Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(said.toFile());
        builder.environment().put(PostgresWork.USER, role());
        builder.environment().put(PostgresWork.PASSWORD, PASSWORD);
        Process started = forks.start(builder);
        Thread listener = new Thread(() -> listen(started), "bench-listener");
        listener.setDaemon(true);
        listener.start();
        return started;
    }

    private void listen(Process from) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(from.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(OutageFork.SAYS) && !heard.offer(line.substring(OutageFork.SAYS.length()))) {
                    return;
                }
            }
        } catch (IOException ended) {
            // Whoever waits for its word will find out.
        }
    }

    private String listen() {
        try {
            for (long second = 0; second < PATIENCE_SECONDS; second++) {
                String word = heard.poll(1, TimeUnit.SECONDS);
                if (word != null) {
                    return word;
                }
                if (!process.isAlive() && heard.isEmpty()) {
                    trouble = "its JVM ended with " + process.exitValue() + ": " + lastWords();
                    return "";
                }
            }
            trouble = "not done after " + PATIENCE_SECONDS + " s, and ended";
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            trouble = "interrupted";
        }
        return "";
    }

    private String lastWords() {
        try {
            return Files.readString(said).lines().findFirst().orElse("");
        } catch (IOException gone) {
            return "";
        }
    }

    private void say(String what) {
        try {
            Writer orders = process.outputWriter(StandardCharsets.UTF_8);
            orders.write(what + "\n");
            orders.flush();
        } catch (IOException gone) {
            trouble = "its JVM has gone";
        }
    }
}
