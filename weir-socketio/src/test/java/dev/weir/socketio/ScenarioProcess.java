package dev.weir.socketio;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A scenario server in a process of its own. */
final class ScenarioProcess implements AutoCloseable {

    private static final String ANSWER = "PORT=";
    private static final int SECONDS = 30;

    private final Process process;
    private final int port;

    private ScenarioProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it; what it says on standard error is kept in the directory. */
    static ScenarioProcess start(Path directory, String name, String... command)
            throws IOException, InterruptedException {
        Path errors = directory.resolve(name + ".err");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            CompletableFuture<Integer> port = CompletableFuture.supplyAsync(() -> announced(process));
            return new ScenarioProcess(process, port.get(SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException silent) {
            process.destroyForcibly();
            throw new IOException("the scenario server did not say its port: see " + errors, silent);
        }
    }

    @SuppressWarnings("MustBeClosed") // the stream belongs to the process, which goes on writing to it
    private static int announced(Process process) {
        try {
            BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(ANSWER)) {
                    return Integer.parseInt(line.substring(ANSWER.length()));
                }
            }
            throw new IOException("it has ended");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    int port() {
        return port;
    }

    /** Whether it is still there, and ends by itself when its standard input does. */
    boolean endsWithItsInput() throws IOException, InterruptedException {
        boolean alive = process.isAlive();
        process.getOutputStream().close();
        return alive && process.waitFor(SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
