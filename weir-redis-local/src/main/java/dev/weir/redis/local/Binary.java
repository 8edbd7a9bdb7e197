package dev.weir.redis.local;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/** The server's program, unpacked once per JVM and removed at its end. */
final class Binary {

    private Binary() {}

    /** Holds the unpacked program; the class loader sees to it that there is one unpacking. */
    private static final class Unpacked {
        static final Path PROGRAM = unpack();
    }

    static Path program() {
        return Unpacked.PROGRAM;
    }

    private static Path unpack() {
        try {
            Path home = Files.createTempDirectory("weir-redis-bin");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(home), "weir-redis-remove"));
            File program =
                    ExecutableProvider.newJarResourceProvider(home.toFile()).get();
            if (!program.setExecutable(true)) {
                throw new IOException(program + " cannot be made executable");
            }
            return program.toPath();
        } catch (IOException failure) {
            throw new UncheckedIOException("the Redis binary could not be unpacked", failure);
        }
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
            System.getLogger(Binary.class.getName())
                    .log(System.Logger.Level.WARNING, "could not remove " + tree, leftBehind);
        }
    }
}
