package dev.weir.memory;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The limits that the container around this process sets, read from its control group (cgroup v2, or v1), the tightest of
 * the group and the groups above it.
 *
 * @param memoryBytes the most memory the container may use; 0 for no limit
 * @param usedBytes what it uses now, page cache included
 * @param cpus how many processors' time it may use; 0 for no limit
 * @param source the files that say so
 */
public record ContainerLimits(long memoryBytes, long usedBytes, double cpus, String source) implements Serializable {

    /** Above this a number means "no limit": cgroup v1 writes the largest multiple of a page. */
    private static final long UNLIMITED = Long.MAX_VALUE / 2;

    /** Reads the limits; empty outside a container and where nothing is limited. */
    public static Optional<ContainerLimits> read() {
        return read(Path.of("/"));
    }

    /**
     * A share of the memory limit, for {@code MemoryBudget.ofBytes}.
     *
     * @param percent more than 0, at most 100
     * @throws IllegalStateException if memory is not limited
     */
    public long percentOfMemory(double percent) {
        if (!(percent > 0 && percent <= 100)) {
            throw new IllegalArgumentException("a percentage is more than 0 and at most 100: " + percent);
        }
        if (memoryBytes == 0) {
            throw new IllegalStateException(
                    "the container's memory is not limited (" + source + "): give bytes instead");
        }
        return (long) (memoryBytes * (percent / 100));
    }

    static Optional<ContainerLimits> read(Path root) {
        try {
            for (String line : Files.readAllLines(root.resolve("proc/self/cgroup"))) {
                String[] parts = line.split(":", 3);
                if (parts.length < 3) {
                    continue;
                }
                ContainerLimits found = null;
                if (parts[1].isEmpty()) {
                    found = second(groups(root.resolve("sys/fs/cgroup"), parts[2]));
                } else if (List.of(parts[1].split(",")).contains("memory")) {
                    found = first(root, groups(root.resolve("sys/fs/cgroup/memory"), parts[2]));
                }
                if (found != null) {
                    return Optional.of(found);
                }
            }
        } catch (IOException | RuntimeException unreadable) {
            // No Linux, or no control groups: nothing that could limit is known.
        }
        return Optional.empty();
    }

    private static @Nullable ContainerLimits second(List<Path> groups) throws IOException {
        long memory = 0;
        double cpus = 0;
        Path source = groups.get(0);
        for (Path group : groups) {
            long limit = number(group.resolve("memory.max"));
            if (limit > 0 && (memory == 0 || limit < memory)) {
                memory = limit;
                source = group;
            }
            cpus = tighter(cpus, quota(group.resolve("cpu.max")));
        }
        if (memory == 0 && cpus == 0) {
            return null;
        }
        return new ContainerLimits(memory, number(source.resolve("memory.current")), cpus, source.toString());
    }

    private static @Nullable ContainerLimits first(Path root, List<Path> groups) throws IOException {
        long memory = 0;
        Path source = groups.get(0);
        for (Path group : groups) {
            long limit = number(group.resolve("memory.limit_in_bytes"));
            if (limit > 0 && (memory == 0 || limit < memory)) {
                memory = limit;
                source = group;
            }
        }
        Path cpu = root.resolve("sys/fs/cgroup/cpu");
        long quota = number(cpu.resolve("cpu.cfs_quota_us"));
        long period = number(cpu.resolve("cpu.cfs_period_us"));
        double cpus = quota > 0 && period > 0 ? (double) quota / period : 0;
        if (memory == 0 && cpus == 0) {
            return null;
        }
        return new ContainerLimits(memory, number(source.resolve("memory.usage_in_bytes")), cpus, source.toString());
    }

    /** The group and those above it. Inside a container the path may be the host's: then the mount itself is the group. */
    private static List<Path> groups(Path mount, String path) {
        List<Path> groups = new ArrayList<>();
        for (Path group = mount.resolve(path.substring(1)).normalize();
                group != null && group.startsWith(mount);
                group = group.getParent()) {
            if (Files.isDirectory(group)) {
                groups.add(group);
            }
        }
        if (groups.isEmpty()) {
            groups.add(mount);
        }
        return groups;
    }

    private static double tighter(double one, double other) {
        return one == 0 ? other : other == 0 ? one : Math.min(one, other);
    }

    private static double quota(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            return 0;
        }
        String[] parts = Files.readString(file).trim().split(" ", 2);
        return parts.length < 2 || parts[0].equals("max")
                ? 0
                : Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]);
    }

    private static long number(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            return 0;
        }
        String text = Files.readString(file).trim();
        if (text.equals("max") || text.startsWith("-")) {
            return 0;
        }
        long value = Long.parseLong(text);
        return value > UNLIMITED ? 0 : value;
    }
}
