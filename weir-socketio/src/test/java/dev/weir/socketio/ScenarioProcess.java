package dev.weir.socketio;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A {@link ScenarioServer} in a JVM of its own, with little memory: what is not bounded ends it.
 */
final class ScenarioProcess implements AutoCloseable {

    private static final String ANSWER = "PORT=";

    private final Process process;
    private final int port;

    private ScenarioProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it; what it says on standard error is kept in the directory. */
    static ScenarioProcess start(Path directory) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:MaxDirectMemorySize=96m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.weir.socketio.ScenarioServer")
                .redirectError(directory.resolve("server.err").toFile())
                .start();
        try {
            return new ScenarioProcess(process, announced(process));
        } catch (Throwable failed) {
            process.destroyForcibly();
            throw failed;
        }
    }

    @SuppressWarnings("MustBeClosed") // the stream belongs to the process, which goes on writing to it
    private static int announced(Process process) throws IOException {
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(ANSWER)) {
                return Integer.parseInt(line.substring(ANSWER.length()));
            }
        }
        throw new IOException("the scenario server ended before it said its port (see target/js/server.err)");
    }

    int port() {
        return port;
    }

    /** Whether it is still there, and ends by itself when its standard input does. */
    boolean endsWithItsInput() throws IOException, InterruptedException {
        boolean alive = process.isAlive();
        process.getOutputStream().close();
        return alive && process.waitFor(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
