package dev.weir.postgres;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server in a temporary directory, on a port of the loopback interface. {@link #close} ends it and removes
 * everything it wrote; so does the end of the JVM, in whatever way it ends. Its data is not meant to survive a crash
 * of the machine: {@code fsync} is off unless set.
 *
 * <pre>{@code
 * try (LocalPostgres postgres = LocalPostgres.start();
 *         Connection connection = DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password())) {
 *     ...
 * }
 * }</pre>
 *
 * <p>Works for root too, as which PostgreSQL itself refuses to run. Needs a POSIX shell and, for root, util-linux.
 * Thread-safe, except that starting and ending are for one thread at a time.
 */
public final class LocalPostgres implements AutoCloseable {

    private static final String USER = "postgres";
    private static final int PORT_ATTEMPTS = 5;

    private final ServerAccount account;
    private final Path home;
    private final int port;
    private final String password;
    private final Map<String, String> settings;
    private @Nullable ServerProcess server;

    private LocalPostgres(ServerAccount account, Path home, int port, String password, Map<String, String> settings) {
        this.account = account;
        this.home = home;
        this.port = port;
        this.password = password;
        this.settings = settings;
    }

    /** Starts a server with the default settings on a free port. */
    public static LocalPostgres start() throws IOException {
        return builder().start();
    }

    /** A server to be set up. */
    public static Builder builder() {
        return new Builder();
    }

    /** The JDBC URL of the database {@code postgres}, without credentials. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** The superuser's name. */
    public String user() {
        return USER;
    }

    /** The superuser's password, drawn for this server. */
    public String password() {
        return password;
    }

    /** The port, which stays the same over restarts. */
    public int port() {
        return port;
    }

    /** What the server logged so far. */
    public String log() throws IOException {
        return Files.readString(home.resolve("log"));
    }

    /** Whether the server was started and neither stopped nor killed; a frozen one counts as running. */
    public boolean isRunning() {
        return server != null;
    }

    /** Stops the server as an operator would: sessions are ended, their transactions rolled back, the data kept. */
    public void stop() throws IOException {
        ServerProcess running = server;
        if (running != null) {
            server = null;
            running.stop();
        }
    }

    /** Kills every process of the server with SIGKILL; the kernel resets its connections. */
    public void kill() throws IOException {
        ServerProcess running = server;
        if (running != null) {
            server = null;
            running.kill();
        }
    }

    /** Freezes every process of the server with SIGSTOP: the kernel takes new connections, nobody answers. */
    public void freeze() throws IOException {
        running().signal("STOP");
    }

    /** Lets a frozen server go on. */
    public void thaw() throws IOException {
        running().signal("CONT");
    }

    /** Starts the server again, after {@link #stop} or {@link #kill}, on the same data and port. */
    public void startAgain() throws IOException {
        if (server == null) {
            server = ServerProcess.start(home, command());
        }
    }

    /** Stops the server if it runs and starts it again. */
    public void restart() throws IOException {
        stop();
        startAgain();
    }

    /** Ends the server and removes its files. May be called again. */
    @Override
    public void close() throws IOException {
        ServerProcess running = server;
        server = null;
        if (running == null) {
            Binaries.remove(home);
        } else {
            running.remove();
        }
    }

    Path home() {
        return home;
    }

    private ServerProcess running() {
        ServerProcess running = server;
        if (running == null) {
            throw new IllegalStateException("the server does not run; call startAgain() first");
        }
        return running;
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                Binaries.program("postgres").toString(),
                "-D",
                home.resolve("data").toString(),
                "-p",
                Integer.toString(port)));
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return account.command(command);
    }

    private void makeCluster() throws IOException {
        Path data = Files.createDirectory(home.resolve("data"));
        account.give(data);
        Path secret = Files.writeString(home.resolve("secret"), password);
        account.give(secret);
        Process initdb = new ProcessBuilder(account.command(List.of(
                        Binaries.program("initdb").toString(),
                        "--pgdata=" + data,
                        "--username=" + USER,
                        "--pwfile=" + secret,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--no-sync")))
                .directory(home.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(initdb.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = initdb.onExit().join().exitValue();
        Files.delete(secret);
        if (exit != 0) {
            throw new IOException("initdb failed:\n" + said);
        }
    }

    /** Sets up a server. Not thread-safe. */
    public static final class Builder {

        private final Map<String, String> settings = new LinkedHashMap<>();
        private int port;

        private Builder() {
            settings.put("listen_addresses", "127.0.0.1");
            settings.put("unix_socket_directories", "");
            // Under the data directory, so that a killed server leaves nothing in /dev/shm.
            settings.put("dynamic_shared_memory_type", "mmap");
            settings.put("fsync", "off");
        }

        /** The port to listen on; 0, the default, takes a free one. */
        public Builder port(int value) {
            port = value;
            return this;
        }

        /** A setting of {@code postgresql.conf}, such as {@code max_connections}. */
        public Builder set(String name, String value) {
            settings.put(name, value);
            return this;
        }

        /**
         * Makes the cluster, starts the server and returns when it takes connections, after some 3 seconds.
         *
         * @throws IOException if it does not start; the message holds the server's log
         */
        public LocalPostgres start() throws IOException {
            for (int attempt = 1; ; attempt++) {
                try {
                    return startOn(port == 0 ? freePort() : port);
                } catch (IOException taken) {
                    // Somebody else may take a port between finding it free and using it.
                    boolean race =
                            port == 0 && String.valueOf(taken.getMessage()).contains("could not bind");
                    if (!race || attempt == PORT_ATTEMPTS) {
                        throw taken;
                    }
                }
            }
        }

        private LocalPostgres startOn(int chosen) throws IOException {
            byte[] random = new byte[16];
            new SecureRandom().nextBytes(random);
            LocalPostgres postgres = new LocalPostgres(
                    ServerAccount.ofThisProcess(),
                    Binaries.openDirectory("weir-postgres"),
                    chosen,
                    HexFormat.of().formatHex(random),
                    Map.copyOf(settings));
            boolean started = false;
            try {
                postgres.makeCluster();
                postgres.startAgain();
                started = true;
                return postgres;
            } finally {
                if (!started) {
                    postgres.close();
                }
            }
        }

        /**
         * Below the ports of outgoing connections, on Linux those from 32,768 on: while the server is down nobody must
         * take its port, least of all a client that keeps trying to reach it.
         */
        private static int freePort() throws IOException {
            BindException last = new BindException("no port is free");
            for (int i = 0; i < 100; i++) {
                int port = ThreadLocalRandom.current().nextInt(10_000, 22_000);
                try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                    return probe.getLocalPort();
                } catch (BindException taken) {
                    last = taken;
                }
            }
            throw last;
        }
    }
}
