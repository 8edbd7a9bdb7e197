package dev.weir.memory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is resident of the stacks of Java threads. Linux tells of a thread that waits where its stack pointer is, and the name that the JVM gave it,
 * of which it keeps 15 bytes: threads of the same beginning are told apart no further, and share their mean. Immutable.
 */
final class ThreadStacks {

    private static final Path TASKS = Path.of("/proc/self/task");
    private static final int NAME_BYTES = 15;

    /** Where the stack pointer stands from the end of a line of {@code /proc/PID/task/TID/syscall}. */
    private static final int POINTER_FROM_END = 2;

    /**
     * Threads of one name.
     *
     * @param bytes resident of the stacks that were seen
     * @param seen how many those are
     * @param threads how many there are
     */
    private record Known(long bytes, int seen, int threads) {

        Known plus(Known other) {
            return new Known(bytes + other.bytes, seen + other.seen, threads + other.threads);
        }
    }

    private final Map<String, Known> byName;

    private ThreadStacks(Map<String, Known> byName) {
        this.byName = byName;
    }

    static ThreadStacks in(@Nullable MemoryMap map) {
        Map<String, Known> byName = new HashMap<>();
        if (map != null) {
            try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
                for (Path task : tasks) {
                    add(task, map, byName);
                }
            } catch (IOException | RuntimeException unreadable) {
                return new ThreadStacks(Map.of());
            }
        }
        return new ThreadStacks(byName);
    }

    private static void add(Path task, MemoryMap map, Map<String, Known> byName) {
        try {
            String name = Files.readString(task.resolve("comm")).stripTrailing();
            MemoryMap.Mapping stack = map.at(pointer(Files.readString(task.resolve("syscall"))));
            Known one = stack == null ? new Known(0, 0, 1) : new Known(stack.residentBytes(), 1, 1);
            byName.merge(name, one, Known::plus);
        } catch (IOException ended) {
            // ended meanwhile, or what it does is not ours to see
        }
    }

    /** The stack pointer of a thread that waits in the kernel; 0 of one that runs. */
    static long pointer(String syscall) {
        String[] fields = syscall.strip().split(" ", -1);
        return fields.length <= POINTER_FROM_END
                ? 0
                : Long.parseUnsignedLong(fields[fields.length - POINTER_FROM_END].replaceFirst("^0x", ""), 16);
    }

    /** What is resident of these threads' stacks together. */
    MemoryFigure of(Collection<Thread> threads) {
        if (threads.isEmpty()) {
            return MemoryFigure.NONE;
        }
        Map<String, Integer> wanted = new HashMap<>();
        threads.forEach(thread -> wanted.merge(cut(thread.getName()), 1, Integer::sum));
        double bytes = 0;
        int seen = 0;
        boolean exact = true;
        for (Map.Entry<String, Integer> one : wanted.entrySet()) {
            Known known = byName.get(one.getKey());
            if (known == null || known.seen() == 0) {
                exact = false;
                continue;
            }
            bytes += (double) known.bytes() / known.seen() * one.getValue();
            seen += one.getValue();
            exact &= known.seen() == known.threads() && known.threads() == one.getValue();
        }
        if (seen == 0) {
            return MemoryFigure.unknown(threads.size() + " threads; their stacks could not be told");
        }
        long all = Math.round(bytes / seen * threads.size());
        String how = "resident part of the stacks of " + threads.size() + " threads";
        return exact
                ? MemoryFigure.measured(all, how)
                : MemoryFigure.estimated(all, how + ", from threads of the same names");
    }

    private static String cut(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= NAME_BYTES ? name : new String(bytes, 0, NAME_BYTES, StandardCharsets.UTF_8);
    }
}
