package dev.weir.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process holds, as the kernel counts it.
 *
 * @param rssBytes its resident set
 * @param pssBytes the same, but of a page that several processes have, each process' part
 */
record ProcessMemory(long rssBytes, long pssBytes) {

    private static final ProcessMemory GONE = new ProcessMemory(0, 0);

    /** Reads {@code /proc/PID/smaps_rollup}; zeros for a process that has ended. */
    static ProcessMemory of(long pid) throws IOException {
        Path file = Path.of("/proc", Long.toString(pid), "smaps_rollup");
        try (Stream<String> lines = Files.lines(file)) {
            long rss = 0;
            long pss = 0;
            for (String line : lines.toList()) {
                rss += line.startsWith("Rss:") ? bytes(line) : 0;
                pss += line.startsWith("Pss:") ? bytes(line) : 0;
            }
            return new ProcessMemory(rss, pss);
        } catch (NoSuchFileException ended) {
            return GONE;
        } catch (IOException | java.io.UncheckedIOException unreadable) {
            if (!Files.exists(Path.of("/proc", Long.toString(pid)))) {
                return GONE;
            }
            throw new IOException(
                    "cannot read " + file + ": compare needs Linux from 4.14 on, and to run as the owner of the"
                            + " servers it starts, or as root",
                    unreadable);
        }
    }

    /** The line that a process was started with, or what it calls itself by now; empty when it has ended. */
    static String titleOf(long pid) throws IOException {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"))
                    .replace('\0', ' ');
        } catch (NoSuchFileException ended) {
            return "";
        }
    }

    private static long bytes(String line) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
    }

    ProcessMemory plus(ProcessMemory other) {
        return new ProcessMemory(rssBytes + other.rssBytes, pssBytes + other.pssBytes);
    }
}
