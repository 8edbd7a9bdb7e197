package dev.weir.jdbc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux tells of a PostgreSQL backend that runs on this machine. */
final class BackendProcess {

    private static final Path PROC = Path.of("/proc");

    private BackendProcess() {}

    /**
     * Its private memory in bytes; negative where there is no such process here, or this process may not look at it. A process of the
     * same number is another one where the server runs elsewhere or in a container: its title must name the client's port.
     *
     * @param clientPort this end's port of the connection; 0 over a local socket, which the title does not tell apart
     */
    static long privateBytes(long pid, int clientPort) {
        Path process = PROC.resolve(Long.toString(pid));
        try {
            String title = new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8);
            if (clientPort == 0 || !title.startsWith("postgres:") || !title.contains("(" + clientPort + ")")) {
                return -1;
            }
            long bytes = 0;
            for (String line : Files.readAllLines(process.resolve("smaps_rollup"))) {
                if (line.startsWith("Private_Clean:") || line.startsWith("Private_Dirty:")) {
                    bytes += Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                }
            }
            return bytes;
        } catch (IOException | RuntimeException notHere) {
            return -1;
        }
    }
}
