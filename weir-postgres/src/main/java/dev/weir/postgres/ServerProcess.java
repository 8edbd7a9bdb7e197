package dev.weir.postgres;

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
import java.util.stream.Stream;

/** One run of the server over a cluster, from its start to its end, under a guardian of its own. */
final class ServerProcess {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Process guardian;
    private final Path home;
    private final long pid;

    private ServerProcess(Process guardian, Path home, long pid) {
        this.guardian = guardian;
        this.home = home;
        this.pid = pid;
    }

    /** Starts the server and returns when it takes connections. */
    static ServerProcess start(Path home, List<String> command) throws IOException {
        Files.deleteIfExists(home.resolve("exit"));
        Files.deleteIfExists(home.resolve("data/postmaster.pid"));
        List<String> guarded = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            // Out of the terminal's process group: Ctrl-C is for the JVM to handle, not for its database.
            guarded.add("setsid");
        }
        guarded.addAll(List.of(
                "sh",
                "-c",
                script(),
                "guardian",
                home.toString(),
                Binaries.home().toString()));
        guarded.addAll(command);
        Process guardian = new ProcessBuilder(guarded)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - deadline < 0) {
            List<String> said = postmasterFile(home);
            if (said.size() >= 8 && said.get(7).strip().equals("ready")) {
                return new ServerProcess(guardian, home, Long.parseLong(said.get(0)));
            }
            if (Files.exists(home.resolve("exit")) || !guardian.isAlive()) {
                break;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        end(guardian);
        throw new IOException("PostgreSQL did not start:\n" + Files.readString(home.resolve("log")));
    }

    /** Line 1 is the process, line 8 the state: src/include/utils/pidfile.h of PostgreSQL. */
    private static List<String> postmasterFile(Path home) throws IOException {
        try {
            return Files.readAllLines(home.resolve("data/postmaster.pid"));
        } catch (NoSuchFileException notYet) {
            return List.of();
        }
    }

    private static String script() throws IOException {
        try (InputStream script = ServerProcess.class.getResourceAsStream("guardian.sh")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Stops the server, its transactions rolled back, and keeps its files. */
    void stop() throws IOException {
        signal("CONT");
        end(guardian);
    }

    /** Stops the server and removes its files. */
    void remove() throws IOException {
        signal("CONT");
        end(guardian);
        Binaries.remove(home);
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
            throw new IOException("PostgreSQL did not stop within " + PATIENCE);
        }
    }

    /** Sends a signal to the server and to each of its processes, the server first so that no process is added. */
    void signal(String name) throws IOException {
        if (Files.exists(home.resolve("exit"))) {
            return;
        }
        signal(name, List.of(pid));
        List<Long> children = children();
        if (!children.isEmpty()) {
            signal(name, children);
        }
    }

    private List<Long> children() {
        try (Stream<ProcessHandle> children = ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants)) {
            return children.map(ProcessHandle::pid).toList();
        }
    }

    /** Kills every process of the server. Children go first, while their parent can still be asked for them. */
    void kill() throws IOException {
        signal("STOP");
        List<Long> all = new ArrayList<>(children());
        all.add(pid);
        signal("KILL", all);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(home.resolve("exit")) && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        end(guardian);
    }

    private static void signal(String name, List<Long> processes) throws IOException {
        StringBuilder command = new StringBuilder("kill -").append(name);
        processes.forEach(process -> command.append(' ').append(process));
        Process kill =
                new ProcessBuilder("sh", "-c", command.append(" 2>/dev/null").toString()).start();
        try {
            kill.waitFor();
        } catch (InterruptedException keptForLater) {
            Thread.currentThread().interrupt();
        }
    }
}
