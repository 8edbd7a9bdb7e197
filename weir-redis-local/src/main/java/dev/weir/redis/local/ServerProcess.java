package dev.weir.redis.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One run of the server, from its start to its end, under a guardian of its own. */
final class ServerProcess {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final String READY = "Ready to accept connections";

    private final Process guardian;
    private final Path home;
    private final long pid;

    private ServerProcess(Process guardian, Path home, long pid) {
        this.guardian = guardian;
        this.home = home;
        this.pid = pid;
    }

    /** Starts the server and returns when it takes connections, its data loaded. */
    static ServerProcess start(Path home, List<String> command) throws IOException {
        Files.deleteIfExists(home.resolve("exit"));
        Files.deleteIfExists(home.resolve("pid"));
        // What an earlier run logged must not be taken for this one's.
        int known = log(home).length();
        List<String> guarded = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            // Out of the terminal's process group: Ctrl-C is for the JVM to handle, not for its server.
            guarded.add("setsid");
        }
        Path programs = Objects.requireNonNull(Binary.program().getParent());
        guarded.addAll(List.of("sh", "-c", script(), "guardian", home.toString(), programs.toString()));
        guarded.addAll(command);
        Process guardian = new ProcessBuilder(guarded)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        ServerProcess started = null;
        try {
            started = awaitReady(guardian, home, known);
        } finally {
            // Before anybody removes its files: the guardian needs them to find the server.
            if (started == null) {
                end(guardian);
            }
        }
        if (started == null) {
            throw new IOException("Redis did not start:\n" + log(home).substring(known));
        }
        return started;
    }

    /** The server when it takes connections, or {@code null} if it has ended before, or takes too long. */
    private static @Nullable ServerProcess awaitReady(Process guardian, Path home, int known) throws IOException {
        Path number = home.resolve("pid");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - deadline < 0) {
            if (log(home).indexOf(READY, known) >= 0) {
                // A server may be faster than the shell that writes its number down.
                String pid = Files.exists(number) ? Files.readString(number) : "";
                if (pid.endsWith("\n")) {
                    return new ServerProcess(guardian, home, Long.parseLong(pid.strip()));
                }
            } else if (Files.exists(home.resolve("exit")) || !guardian.isAlive()) {
                return null;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return null;
    }

    static String log(Path home) throws IOException {
        try {
            return Files.readString(home.resolve("log"));
        } catch (NoSuchFileException notYet) {
            return "";
        }
    }

    private static String script() throws IOException {
        try (InputStream script = ServerProcess.class.getResourceAsStream("guardian.sh")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Stops the server as an operator would, and keeps its files. */
    void stop() throws IOException {
        end(guardian);
    }

    private static void end(Process guardian) throws IOException {
        try (OutputStream order = guardian.getOutputStream()) {
            order.write("keep\n".getBytes(StandardCharsets.UTF_8));
        } catch (IOException alreadyGone) {
            // The guardian has ended: there is nothing left to order.
        }
        boolean ended = false;
        boolean interrupted = false;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!ended && System.nanoTime() - deadline < 0) {
            try {
                ended = guardian.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!ended) {
            guardian.destroyForcibly();
            throw new IOException("Redis did not stop within " + PATIENCE);
        }
    }

    void kill() throws IOException {
        signal("KILL");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(home.resolve("exit")) && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        end(guardian);
    }

    /** Sends a signal to the server, which is one process. */
    void signal(String name) throws IOException {
        if (Files.exists(home.resolve("exit"))) {
            return;
        }
        Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid + " 2>/dev/null").start();
        try {
            kill.waitFor();
        } catch (InterruptedException keptForLater) {
            Thread.currentThread().interrupt();
        }
    }
}
