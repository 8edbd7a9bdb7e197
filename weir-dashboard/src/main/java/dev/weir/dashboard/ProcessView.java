package dev.weir.dashboard;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The process at a glance; bytes.
 *
 * @param pid its number
 * @param java the JVM's version
 * @param uptimeMs how long it has run, in milliseconds
 * @param residentBytes its resident set; 0 where the system does not tell
 * @param heapUsedBytes heap in use, garbage included
 * @param heapCommittedBytes heap taken from the system
 * @param heapMaxBytes the most heap; 0 without a bound
 * @param threads live platform threads
 */
record ProcessView(
        long pid,
        String java,
        long uptimeMs,
        long residentBytes,
        long heapUsedBytes,
        long heapCommittedBytes,
        long heapMaxBytes,
        int threads) {

    private static final Path STATUS = Path.of("/proc/self/status");

    static ProcessView now() {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return new ProcessView(
                ProcessHandle.current().pid(),
                Runtime.version().toString(),
                ManagementFactory.getRuntimeMXBean().getUptime(),
                resident(),
                heap.getUsed(),
                heap.getCommitted(),
                Math.max(0, heap.getMax()),
                ManagementFactory.getThreadMXBean().getThreadCount());
    }

    private static long resident() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
                }
            }
        } catch (IOException | NumberFormatException notLinux) {
            // Then nobody tells.
        }
        return 0;
    }
}
