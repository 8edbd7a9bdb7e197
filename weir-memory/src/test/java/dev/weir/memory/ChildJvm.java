package dev.weir.memory;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A JVM of the same JDK on the same class path. Ends with this one's interest in it. */
final class ChildJvm implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    ChildJvm(List<String> options, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.to(new File("/dev/null")))
                .start();
        output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Writes lines to its input, and ends that. */
    void say(String... lines) throws IOException {
        try (BufferedWriter input = process.outputWriter(StandardCharsets.UTF_8)) {
            for (String line : lines) {
                input.write(line + "\n");
            }
        }
    }

    String line() throws IOException {
        return output.readLine();
    }

    String rest() {
        return output.lines().collect(Collectors.joining("\n"));
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
