package dev.weir.mariadb.local;

import java.io.File;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real MariaDB on the loopback interface, in a directory of its own, which can be killed, frozen and restarted. It ends with
 * this JVM, however that ends: a guardian reads this process's pipe, and kills the server when the pipe closes. For tests: server and driver are under
 * licences that what is shipped must not bring along. For one thread.
 */
public final class LocalMariaDb implements AutoCloseable {

    /** Who may do everything in the database {@code test}. */
    public static final String USER = "weir";

    /** The user's password. */
    public static final String PASSWORD = "a password";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Ends when the server does, and ends it when the pipe to its input closes. */
    private static final String GUARDIAN = """
            exec 3<&0
            "$@" 3<&- </dev/null >>log 2>&1 &
            server=$!
            (cat <&3 >/dev/null; kill -KILL $server 2>/dev/null) &
            watch=$!
            exec 3<&-
            echo $server >guarded
            wait $server
            kill $watch 2>/dev/null
            """;

    private final Path directory;
    private final List<String> options;
    private final int port;
    private @Nullable Process guardian;
    private long pid;

    private LocalMariaDb(Path directory, int port, List<String> options) {
        this.directory = directory;
        this.port = port;
        this.options = options;
    }

    /** Makes a new database and starts a server on it, with these options besides its own. */
    public static LocalMariaDb start(String... options) throws IOException {
        Path directory = Files.createTempDirectory("weir-mariadb");
        LocalMariaDb server = new LocalMariaDb(directory, freePort(), List.of(options));
        server.bootstrap();
        server.startAgain();
        try (Connection root = DriverManager.getConnection(server.url("root", ""));
                Statement statement = root.createStatement()) {
            statement.execute("CREATE USER " + USER + "@'127.0.0.1' IDENTIFIED BY '" + PASSWORD + "'");
            statement.execute("GRANT ALL ON test.* TO " + USER + "@'127.0.0.1'");
        } catch (SQLException e) {
            server.close();
            throw new IOException(e);
        }
        return server;
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

    /** The database {@code test}, without a user. */
    public String url() {
        return "jdbc:mariadb://127.0.0.1:" + port + "/test";
    }

    /** Where it listens, on the loopback interface. */
    public int port() {
        return port;
    }

    private String url(String user, String password) {
        return url() + "?user=" + user + "&password=" + password;
    }

    /** A connection of the server's administrator, past every pool. */
    public Connection root() throws SQLException {
        return DriverManager.getConnection(url("root", ""));
    }

    private void bootstrap() throws IOException {
        Files.createDirectory(directory.resolve("data"));
        Path share = MariaDbBinaries.home().resolve("share");
        StringBuilder sql = new StringBuilder("""
                CREATE DATABASE mysql;
                CREATE DATABASE test;
                USE mysql;
                SET @auth_root_socket=NULL;
                SET @skip_auth_anonymous=1;
                """);
        for (String part : List.of("system_tables", "performance_tables", "system_tables_data")) {
            sql.append(Files.readString(share.resolve("mariadb_" + part + ".sql")));
        }
        Path script = Files.writeString(directory.resolve("bootstrap.sql"), sql);
        Process bootstrap = process(command("--bootstrap"))
                .redirectInput(script.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log()))
                .start();
        if (!ends(bootstrap) || bootstrap.exitValue() != 0) {
            bootstrap.destroyForcibly();
            throw new IOException("MariaDB could not make its tables:\n" + Files.readString(log().toPath()));
        }
    }

    private ProcessBuilder process(List<String> command) {
        return new ProcessBuilder(command).directory(directory.toFile());
    }

    private File log() {
        return directory.resolve("log").toFile();
    }

    private List<String> command(String... more) throws IOException {
        Path home = MariaDbBinaries.home();
        List<String> command = new ArrayList<>(List.of(
                home.resolve("bin/mariadbd").toString(),
                "--no-defaults",
                "--basedir=" + home,
                "--lc-messages-dir=" + home.resolve("share"),
                "--datadir=" + directory.resolve("data"),
                "--socket=" + directory.resolve("socket"),
                "--pid-file=" + directory.resolve("pid"),
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--skip-name-resolve",
                // A key of its own at every start would cost seconds.
                "--skip-ssl",
                "--innodb-buffer-pool-size=16M",
                "--innodb-log-file-size=4M",
                "--innodb-flush-log-at-trx-commit=0"));
        if ("root".equals(System.getProperty("user.name"))) {
            command.add("--user=root");
        }
        command.addAll(List.of(more));
        return command;
    }

    /** Starts the server on the data that is there. */
    public void startAgain() throws IOException {
        List<String> guarded = new ArrayList<>(List.of("sh", "-c", GUARDIAN, "guardian"));
        guarded.addAll(command(options.toArray(String[]::new)));
        Files.deleteIfExists(directory.resolve("guarded"));
        Process started = process(guarded).start();
        guardian = started;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!answers(started)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("MariaDB does not answer:\n" + Files.readString(log().toPath()));
            }
            LockSupport.parkNanos(20_000_000);
        }
        pid = Long.parseLong(Files.readString(directory.resolve("guarded")).strip());
    }

    private boolean answers(Process started) throws IOException {
        if (!started.isAlive()) {
            throw new IOException("MariaDB did not start:\n" + Files.readString(log().toPath()));
        }
        try (Connection connection = root()) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    /** Kills it with SIGKILL. */
    public void kill() throws IOException {
        signal("KILL");
        end();
    }

    /** Stops it with SIGSTOP: connects succeed, nobody answers. */
    public void freeze() throws IOException {
        signal("STOP");
    }

    /** Lets it go on after {@link #freeze()}. */
    public void thaw() throws IOException {
        signal("CONT");
    }

    /** Lets the server end by itself, and starts it again. */
    public void restart() throws IOException {
        signal("TERM");
        Process ending = guardian;
        if (ending == null || !ends(ending)) {
            throw new IOException("MariaDB did not end");
        }
        startAgain();
    }

    private void signal(String name) throws IOException {
        Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid).start();
        if (!ends(kill) || kill.exitValue() != 0) {
            throw new IOException("could not send " + name + " to MariaDB");
        }
    }

    private void end() {
        Process ended = guardian;
        if (ended == null) {
            return;
        }
        try {
            // Its pipe closes, and it kills the server.
            ended.getOutputStream().close();
        } catch (IOException gone) {
            // The guardian has ended: there is nothing left to end.
        }
        if (!ends(ended)) {
            ended.destroyForcibly();
        }
    }

    private static boolean ends(Process process) {
        try {
            return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        end();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
