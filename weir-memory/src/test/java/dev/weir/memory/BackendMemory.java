package dev.weir.memory;

import dev.weir.postgres.LocalPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The backends of a server of this machine that serve clients, as Linux sees them. */
final class BackendMemory {

    private BackendMemory() {}

    /** Private memory of all of them. */
    static long ofChildren(LocalPostgres postgres) throws IOException {
        long bytes = 0;
        for (Path backend : backends(postgres)) {
            bytes += of(backend);
        }
        return bytes;
    }

    static int count(LocalPostgres postgres) throws IOException {
        return backends(postgres).size();
    }

    /** Private memory of one process. */
    static long of(Path process) throws IOException {
        long bytes = 0;
        for (String line : Files.readAllLines(process.resolve("smaps_rollup"))) {
            if (line.startsWith("Private_")) {
                bytes += Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        return bytes;
    }

    private static List<Path> backends(LocalPostgres postgres) throws IOException {
        String client = "postgres: " + postgres.user() + " ";
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.filter(process -> process.getFileName().toString().matches("\\d+"))
                    .filter(process -> title(process).startsWith(client) && isOf(process, postgres))
                    .toList();
        }
    }

    private static boolean isOf(Path process, LocalPostgres postgres) {
        long pid = Long.parseLong(process.getFileName().toString());
        long parent = ProcessHandle.of(pid)
                .flatMap(ProcessHandle::parent)
                .map(ProcessHandle::pid)
                .orElse(0L);
        try {
            return Files.readString(Path.of("/proc", Long.toString(parent), "cwd", "postmaster.pid"))
                    .contains("\n" + postgres.port() + "\n");
        } catch (IOException gone) {
            return false;
        }
    }

    private static String title(Path process) {
        try {
            return new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8);
        } catch (IOException gone) {
            return "";
        }
    }
}
