package dev.weir.benchmarks.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The bytes that the processes of a trial hold, read from {@code /proc}.
 *
 * @param jvmBytes the resident set of the service
 * @param postgresBytes the proportional sets of all processes of PostgreSQL
 * @param backendBytes those of its client backends among them
 * @param backends how many those are
 * @param redisBytes the resident set of Redis
 */
record Holdings(long jvmBytes, long postgresBytes, long backendBytes, int backends, long redisBytes) {

    private static final String CLIENT_BACKEND = "127.0.0.1(";

    static Holdings read(long jvm, long postmaster, long redis) throws IOException {
        ProcessMemory postgres = ProcessMemory.of(postmaster);
        ProcessMemory clients = new ProcessMemory(0, 0);
        int backends = 0;
        ProcessHandle first = ProcessHandle.of(postmaster)
                .orElseThrow(() -> new IllegalStateException("PostgreSQL ended during the load"));
        for (ProcessHandle child : first.children().toList()) {
            ProcessMemory memory = ProcessMemory.of(child.pid());
            postgres = postgres.plus(memory);
            if (ProcessMemory.titleOf(child.pid()).contains(CLIENT_BACKEND)) {
                clients = clients.plus(memory);
                backends++;
            }
        }
        return new Holdings(
                ProcessMemory.of(jvm).rssBytes(),
                postgres.pssBytes(),
                clients.pssBytes(),
                backends,
                ProcessMemory.of(redis).rssBytes());
    }

    static double mb(long bytes) {
        return Math.round(bytes / 104_857.6) / 10.0;
    }

    double totalMb() {
        return mb(jvmBytes + postgresBytes + redisBytes);
    }

    /**
     * The total by owner.
     *
     * @param owned what each was measured to hold in the JVM
     */
    List<Part> parts(Map<String, Long> owned) {
        List<Part> parts = new ArrayList<>();
        long rest = jvmBytes;
        for (String name : List.of(Part.DATABASE, Part.WEBSOCKET, Part.HTTP, Part.REDIS, Part.INTERNAL)) {
            long inside = Math.min(rest, owned.getOrDefault(name, 0L));
            rest -= inside;
            String basis = "estimated: heap in use after a collection, less the same once it was closed";
            long outside = 0;
            if (name.equals(Part.DATABASE)) {
                outside = postgresBytes;
                basis = "measured: all processes of PostgreSQL; the driver's heap of " + mb(inside) + " MB " + basis;
            } else if (name.equals(Part.REDIS)) {
                outside = redisBytes;
                basis = "measured: the server; the client's heap of " + mb(inside) + " MB " + basis;
            } else if (name.equals(Part.WEBSOCKET)) {
                basis += "; Netty's direct memory by its own counter";
            }
            parts.add(new Part(name, mb(inside + outside), basis));
        }
        double others = parts.stream().mapToDouble(Part::mb).sum();
        // Rounded last, so that the parts add up to the total as it is printed.
        double jvm = Math.round((totalMb() - others) * 10) / 10.0;
        parts.add(new Part(Part.JVM, jvm, "the rest of the JVM's resident set, so as certain as what was taken off"));
        return parts;
    }
}
