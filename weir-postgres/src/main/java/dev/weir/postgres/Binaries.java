package dev.weir.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The server's programs, unpacked once per JVM and removed at its end. */
final class Binaries {

    private static final String READABLE_BY_ALL = "rwxr-xr-x";

    private Binaries() {}

    /** Holds the unpacked programs; the class loader sees to it that there is one unpacking. */
    private static final class Unpacked {
        static final Path HOME = unpack();
    }

    static Path home() {
        return Unpacked.HOME;
    }

    /** A program of the server, such as {@code initdb}. */
    static Path program(String name) {
        return home().resolve("bin").resolve(name);
    }

    /** A new directory that other accounts can enter and read. */
    static Path openDirectory(String prefix) throws IOException {
        Path directory = Files.createTempDirectory(prefix);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(READABLE_BY_ALL));
        return directory;
    }

    private static Path unpack() {
        String name = "/postgres-" + system() + ".txz";
        try (InputStream packed = Binaries.class.getResourceAsStream(name)) {
            if (packed == null) {
                throw new IllegalStateException("no PostgreSQL for this system: " + name.substring(1)
                        + " is not on the class path; add the io.zonky.test.postgres artifact that holds it");
            }
            Path home = openDirectory("weir-postgres-bin");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(home), "weir-postgres-remove"));
            try (TarArchiveInputStream files =
                    new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)))) {
                for (TarArchiveEntry entry = files.getNextEntry(); entry != null; entry = files.getNextEntry()) {
                    unpack(entry, files, home);
                }
            }
            return home;
        } catch (IOException failure) {
            throw new UncheckedIOException("the PostgreSQL binaries could not be unpacked", failure);
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path home) throws IOException {
        Path target = home.resolve(entry.getName()).normalize();
        if (!target.startsWith(home)) {
            throw new IOException("an archive entry points outside: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
        } else if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Path parent = target.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.copy(content, target);
            boolean program = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                    target, PosixFilePermissions.fromString(program ? READABLE_BY_ALL : "rw-r--r--"));
        }
    }

    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        String processor = System.getProperty("os.arch");
        return name + (processor.equals("aarch64") ? "-arm_64" : "-x86_64");
    }

    /** Removes a tree as far as it can be removed. */
    static void remove(Path tree) {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException leftBehind) {
            System.getLogger(Binaries.class.getName())
                    .log(System.Logger.Level.WARNING, "could not remove " + tree, leftBehind);
        }
    }
}
