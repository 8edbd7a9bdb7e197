package dev.weir.redis.local;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A Redis server in a temporary directory, on a port of the loopback interface. {@link #close} ends it and removes
 * everything it wrote; so does the end of the JVM, in whatever way it ends. It starts empty and keeps nothing over a
 * restart, unless {@code appendonly} is set to {@code yes}.
 *
 * <pre>{@code
 * try (LocalRedis redis = LocalRedis.start();
 *         Jedis jedis = new Jedis(redis.host(), redis.port())) {
 *     ...
 * }
 * }</pre>
 *
 * <p>Needs a POSIX shell and, on Linux with an x86-64 processor, the libraries of OpenSSL 3. Thread-safe, except that starting and ending are for one thread at a time.
 */
public final class LocalRedis implements AutoCloseable {

    private static final int PORT_ATTEMPTS = 5;
    private final Path home;
    private final int port;
    private final Map<String, String> settings;
    private @Nullable ServerProcess server;

    private LocalRedis(Path home, int port, Map<String, String> settings) {
        this.home = home;
        this.port = port;
        this.settings = settings;
    }

    /** Starts a server with the default settings on a free port. */
    public static LocalRedis start() throws IOException {
        return builder().start();
    }

    /** A server to be set up. */
    public static Builder builder() {
        return new Builder();
    }

    /** The address it listens on: the loopback interface's. */
    public String host() {
        return "127.0.0.1";
    }

    /** The port, which stays the same over restarts. */
    public int port() {
        return port;
    }

    /** The URL of the server, without credentials. */
    public String url() {
        return "redis://" + host() + ":" + port;
    }

    /** What the server logged so far. */
    public String log() throws IOException {
        return ServerProcess.log(home);
    }

    /** Whether the server was started and neither stopped nor killed; a frozen one counts as running. */
    public boolean isRunning() {
        return server != null;
    }

    /** Stops the server as an operator would. */
    public void stop() throws IOException {
        ServerProcess running = server;
        if (running != null) {
            server = null;
            running.stop();
        }
    }

    /** Kills the server with SIGKILL; the kernel resets its connections. */
    public void kill() throws IOException {
        ServerProcess running = server;
        if (running != null) {
            server = null;
            running.kill();
        }
    }

    /** Freezes the server with SIGSTOP: the kernel takes new connections, nobody answers. */
    public void freeze() throws IOException {
        running().signal("STOP");
    }

    /** Lets a frozen server go on. */
    public void thaw() throws IOException {
        running().signal("CONT");
    }

    /** Starts the server again, after {@link #stop} or {@link #kill}, on the same port. */
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
        kill();
        Binary.remove(home);
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
        List<String> command = new ArrayList<>(
                List.of(Binary.program().toString(), "--port", Integer.toString(port), "--dir", home.toString()));
        settings.forEach((name, value) -> command.addAll(List.of("--" + name, value)));
        return command;
    }

    /** Sets up a server. Not thread-safe. */
    public static final class Builder {

        private final Map<String, String> settings = new LinkedHashMap<>();
        private int port;

        private Builder() {
            settings.put("bind", "127.0.0.1");
            settings.put("save", "");
            settings.put("appendfsync", "no");
        }

        /** The port to listen on; 0, the default, takes a free one. */
        public Builder port(int value) {
            port = value;
            return this;
        }

        /** A setting of {@code redis.conf}, such as {@code maxclients} or {@code requirepass}. */
        public Builder set(String name, String value) {
            settings.put(name, value);
            return this;
        }

        /**
         * Starts the server and returns when it takes connections, after some milliseconds.
         *
         * @throws IOException if it does not start; the message holds the server's log
         */
        public LocalRedis start() throws IOException {
            for (int attempt = 1; ; attempt++) {
                try {
                    return startOn(port == 0 ? freePort() : port);
                } catch (IOException taken) {
                    // Somebody else may take a port between finding it free and using it.
                    boolean race =
                            port == 0 && String.valueOf(taken.getMessage()).contains("Address already in use");
                    if (!race || attempt == PORT_ATTEMPTS) {
                        throw taken;
                    }
                }
            }
        }

        private LocalRedis startOn(int chosen) throws IOException {
            LocalRedis redis =
                    new LocalRedis(Files.createTempDirectory("weir-redis"), chosen, new LinkedHashMap<>(settings));
            boolean started = false;
            try {
                redis.startAgain();
                started = true;
                return redis;
            } finally {
                if (!started) {
                    redis.close();
                }
            }
        }

        /**
         * Below the ports of outgoing connections, on Linux those from 32,768 on: while the server is down nobody must
         * take its port, least of all a client that keeps trying to reach it. A cluster's bus is 10,000 above.
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
