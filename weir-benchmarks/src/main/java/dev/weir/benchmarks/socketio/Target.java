package dev.weir.benchmarks.socketio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The server that is measured, as its load sees it.
 *
 * @param port where it listens, on 127.0.0.1
 * @param pid of its process, on this machine
 */
record Target(int port, long pid) {

    /** What the server holds of the machine's memory, kB. Linux only. */
    long residentKilobytes() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow(() -> new IOException("the process " + pid + " has ended"));
        }
    }
}
