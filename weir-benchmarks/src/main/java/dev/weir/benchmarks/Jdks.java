package dev.weir.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** The JDKs of this machine. */
final class Jdks {

    private static final Path OTHERS = Path.of("/usr/lib/jvm");
    private static final int VIRTUAL_THREADS_SINCE = 21;

    private Jdks() {}

    /** The one that runs this. */
    static Path own() {
        return Path.of(System.getProperty("java.home"));
    }

    /** A directory, {@code newest}, or a feature version such as {@code 25}; empty where there is none. */
    static Optional<Path> find(String wanted) throws IOException {
        if (wanted.equals("newest")) {
            return all().stream().max(Comparator.comparingInt(Jdks::feature));
        }
        if (wanted.matches("\\d+")) {
            return all().stream()
                    .filter(home -> feature(home) == Integer.parseInt(wanted))
                    .findFirst();
        }
        return Optional.of(Path.of(wanted)).filter(Jdks::isJdk);
    }

    /** This one, or the newest there is, if this one has no virtual threads and that one has. */
    static Optional<Path> withVirtualThreads(Path jdk) throws IOException {
        return hasVirtualThreads(jdk) ? Optional.of(jdk) : find("newest").filter(Jdks::hasVirtualThreads);
    }

    static int feature(Path jdk) {
        String version = value(release(jdk), "JAVA_VERSION").split("[.+-]", 2)[0];
        return version.matches("\\d+") ? Integer.parseInt(version) : 0;
    }

    static String version(Path jdk) {
        return value(release(jdk), "JAVA_VERSION");
    }

    static String vm(Path jdk) {
        Properties release = release(jdk);
        return value(release, "IMPLEMENTOR") + " " + value(release, "JAVA_RUNTIME_VERSION");
    }

    private static boolean hasVirtualThreads(Path jdk) {
        return feature(jdk) >= VIRTUAL_THREADS_SINCE;
    }

    private static List<Path> all() throws IOException {
        if (!Files.isDirectory(OTHERS)) {
            return List.of(own());
        }
        try (Stream<Path> homes = Files.list(OTHERS)) {
            return Stream.concat(Stream.of(own()), homes.sorted())
                    .filter(Jdks::isJdk)
                    .toList();
        }
    }

    private static boolean isJdk(Path home) {
        return Files.isExecutable(home.resolve("bin").resolve("java"));
    }

    private static Properties release(Path jdk) {
        Properties release = new Properties();
        try (var in = Files.newBufferedReader(jdk.resolve("release"))) {
            release.load(in);
        } catch (IOException absent) {
            release.clear();
        }
        return release;
    }

    private static String value(Properties release, String name) {
        return release.getProperty(name, "").replace("\"", "");
    }
}
