package dev.weir.benchmarks.socketio;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The process of a server. */
final class PeerProcess implements AutoCloseable {

    static final String ANSWER = "PORT=";

    private static final int SECONDS_TO_END = 5;

    private final Process process;
    private final int port;

    private PeerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it; what it says on standard error goes to the file. */
    static PeerProcess start(List<String> command, Path errors) throws IOException {
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        try {
            return new PeerProcess(process, announced(process, errors));
        } catch (Throwable failed) {
            process.destroyForcibly();
            throw failed;
        }
    }

    @SuppressWarnings("MustBeClosed") // the stream belongs to the process
    private static int announced(Process process, Path errors) throws IOException {
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(ANSWER)) {
                return Integer.parseInt(line.substring(ANSWER.length()));
            }
        }
        throw new IOException("the server did not start: " + Comparison.beginning(errors));
    }

    Target target() {
        return new Target(port, process.pid());
    }

    @Override
    public void close() throws IOException {
        try {
            process.getOutputStream().close();
            if (process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
