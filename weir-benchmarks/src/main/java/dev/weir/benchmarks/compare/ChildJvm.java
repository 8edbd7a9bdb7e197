package dev.weir.benchmarks.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A JVM that is told things by lines on its standard input, and answers each by a line of JSON. Ends with this one. */
final class ChildJvm implements AutoCloseable {

    static final ObjectMapper MAPPER = new ObjectMapper();

    private static final int SECONDS_TO_END = 10;
    /** A JVM that has said nothing for so long is stuck, and is ended. */
    private static final int MINUTES_TO_ANSWER = 8;

    private static final int LONGEST_REASON = 2_000;

    private final String name;
    private final Process process;
    private final Path errors;
    private final BufferedReader answers;
    private final BufferedWriter commands;

    private ChildJvm(String name, Process process, Path errors) {
        this.name = name;
        this.process = process;
        this.errors = errors;
        answers = process.inputReader(StandardCharsets.UTF_8);
        commands = process.outputWriter(StandardCharsets.UTF_8);
    }

    static ChildJvm start(
            String name, Path jdk, List<String> flags, Map<String, String> environment, Class<?> main, Path directory)
            throws IOException {
        List<String> command =
                new ArrayList<>(List.of(jdk.resolve("bin").resolve("java").toString()));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        Path errors = Files.createTempFile(directory, name, ".log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        return new ChildJvm(name, builder.start(), errors);
    }

    long pid() {
        return process.pid();
    }

    void say(String line) throws IOException {
        commands.write(line);
        commands.newLine();
        commands.flush();
    }

    /** The next answer. */
    JsonNode answer() throws IOException {
        CompletableFuture<Void> patience = CompletableFuture.runAsync(
                process::destroyForcibly, CompletableFuture.delayedExecutor(MINUTES_TO_ANSWER, TimeUnit.MINUTES));
        try {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                // The JVM and libraries may say things of their own.
                if (line.startsWith("{")) {
                    return MAPPER.readTree(line);
                }
            }
        } finally {
            patience.cancel(false);
        }
        String text = Files.readString(errors).trim();
        throw new IOException(
                "the JVM of the " + name + " ended: " + text.substring(Math.max(0, text.length() - LONGEST_REASON)));
    }

    JsonNode ask(String line) throws IOException {
        say(line);
        return answer();
    }

    @Override
    public void close() throws IOException {
        try {
            commands.close();
            if (process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                return;
            }
        } catch (IOException alreadyEnded) {
            process.destroyForcibly();
            return;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
