package dev.weir.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where and how a run was made.
 *
 * @param date when it began, UTC
 * @param mode {@code quick} or {@code full}
 * @param jdk version of the JDK that was measured
 * @param vm its virtual machine
 * @param virtualThreadsJdk version of the JDK that the row {@code virtual} was measured on; empty where there is none
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
        String virtualThreadsJdk,
        String os,
        int cpus,
        String cpuModel,
        Map<String, String> pools) {

    static Machine of(Path jdk, String mode, List<String> pools) throws IOException {
        Map<String, String> jars = new LinkedHashMap<>();
        for (String pool : pools) {
            jars.put(pool, Jars.nameOf(pool));
        }
        return new Machine(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                mode,
                Jdks.version(jdk),
                Jdks.vm(jdk),
                Jdks.withVirtualThreads(jdk).map(Jdks::version).orElse(""),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                modelOfCpu(),
                jars);
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
