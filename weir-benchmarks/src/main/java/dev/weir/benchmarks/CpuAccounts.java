package dev.weir.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What threads took of the processors so far, exact to the nanosecond where Linux tells it ({@code schedstat}); the JVM as a whole, in
 * hundredths of a second, elsewhere.
 */
final class CpuAccounts {

    private static final Path OWN_THREADS = Path.of("/proc/self/task");

    private CpuAccounts() {}

    /** The account of each thread of this JVM, and of other processes of one thread. */
    static Map<String, Long> read(List<Long> others) {
        Map<String, Long> all = new HashMap<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(OWN_THREADS)) {
            for (Path thread : threads) {
                add(all, thread.resolve("schedstat"));
            }
        } catch (IOException notLinux) {
            OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            all.put("", system.getProcessCpuTime());
        }
        others.forEach(pid -> add(all, of(pid)));
        return all;
    }

    /** Where the account of a process of one thread is. */
    static Path of(long pid) {
        return Path.of("/proc", Long.toString(pid), "schedstat");
    }

    private static void add(Map<String, Long> all, Path account) {
        try {
            String text = Files.readString(account);
            all.put(account.toString(), Long.parseLong(text.substring(0, text.indexOf(' '))));
        } catch (IOException ended) {
            // A thread that has just ended has no account any more.
        }
    }
}
