package dev.weir.benchmarks;

import dev.weir.benchmarks.contender.Contenders;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Where and how a run was made.
 *
 * @param date when it began, UTC
 * @param mode {@code quick} or {@code full}
 * @param jdk version of the JDK that was measured
 * @param vm its virtual machine
 * @param os name, version and architecture of the system
 * @param cpus processors to be used
 * @param cpuModel what they are, as far as the system says
 * @param pools the jar of each pool
 */
record Machine(
        String date,
        String mode,
        String jdk,
        String vm,
        String os,
        int cpus,
        String cpuModel,
        Map<String, String> pools) {

    private static final int VIRTUAL_THREADS_SINCE = 21;

    static Machine of(Path jdk, String mode, List<String> pools) {
        Properties release = release(jdk);
        Map<String, String> jars = new LinkedHashMap<>();
        for (String pool : pools) {
            File jar = Forks.jar(Contenders.of(pool).jars().get(0));
            jars.put(pool, jar.isFile() ? jar.getName().replaceFirst("\\.jar$", "") : "as built");
        }
        return new Machine(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                mode,
                value(release, "JAVA_VERSION"),
                value(release, "IMPLEMENTOR") + " " + value(release, "JAVA_RUNTIME_VERSION"),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                modelOfCpu(),
                jars);
    }

    /** The JDK to measure: the one that runs this, unless it has no virtual threads and another one here has. */
    static Path withVirtualThreads() throws IOException {
        Path own = Path.of(System.getProperty("java.home"));
        Path others = Path.of("/usr/lib/jvm");
        if (Runtime.version().feature() >= VIRTUAL_THREADS_SINCE || !Files.isDirectory(others)) {
            return own;
        }
        try (Stream<Path> homes = Files.list(others)) {
            return homes.filter(home -> Files.isExecutable(home.resolve("bin").resolve("java")))
                    .filter(home -> feature(home) >= VIRTUAL_THREADS_SINCE)
                    .max(Comparator.comparingInt(Machine::feature))
                    .orElse(own);
        }
    }

    static boolean hasVirtualThreads(Path jdk) {
        return feature(jdk) >= VIRTUAL_THREADS_SINCE;
    }

    /** The load average of the last minute; negative where the system does not tell. */
    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    static int feature(Path jdk) {
        String version = value(release(jdk), "JAVA_VERSION").split("[.+-]", 2)[0];
        return version.matches("\\d+") ? Integer.parseInt(version) : 0;
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

    private static String modelOfCpu() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse("");
        } catch (IOException absent) {
            return "";
        }
    }
}
