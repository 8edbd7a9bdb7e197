package dev.weir.memory;

import java.io.Serializable;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Memory outside the heap that buffers hold, by the counters of those who allocate it.
 *
 * @param jdkBytes by the JDK's counter
 * @param nettyBytes by Netty's; 0 where it is not there or counts nothing
 * @param nettyApart whether what Netty counts is missing in the JDK's count
 * @param nettyFound how many copies of Netty were found; without an agent it is not looked for
 */
public record DirectMemory(long jdkBytes, long nettyBytes, boolean nettyApart, int nettyFound) implements Serializable {

    private static final String PLATFORM = ".util.internal.PlatformDependent";

    /** Netty before 4.2 says by this whether it goes past the JDK's counter; later ones by which cleaner they have. */
    private static final String PAST_THE_JDK = "USE_DIRECT_BUFFER_NO_CLEANER";

    private static final List<String> CLEANERS_OF_THE_JDK = List.of("CleanerJava9", "CleanerJava6");

    /** @param access to find Netty by; {@code null}: it is not looked for */
    static DirectMemory read(@Nullable HeapAccess access) {
        long jdk = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        if (access == null) {
            return new DirectMemory(jdk, 0, false, 0);
        }
        FieldPaths paths = new FieldPaths(access);
        InitializedClasses initialized = new InitializedClasses(access);
        long netty = 0;
        boolean apart = false;
        int found = 0;
        for (Class<?> type : access.loadedClasses()) {
            // Shaded copies have packages of their own, and counters of their own.
            if (type.getName().endsWith(PLATFORM) && initialized.test(type)) {
                found++;
                Object counter = paths.readStatic(type, "DIRECT_MEMORY_COUNTER");
                netty += counter instanceof Number number ? number.longValue() : 0;
                apart |= isApart(type, paths);
            }
        }
        return new DirectMemory(jdk, netty, apart, found);
    }

    private static boolean isApart(Class<?> platform, FieldPaths paths) {
        if (paths.readStatic(platform, PAST_THE_JDK) instanceof Boolean past) {
            return past;
        }
        Object cleaner = paths.readStatic(platform, "CLEANER");
        return cleaner != null
                && !CLEANERS_OF_THE_JDK.contains(cleaner.getClass().getSimpleName());
    }

    /** What is not Netty's. */
    public long otherBytes() {
        return nettyApart ? jdkBytes : Math.max(0, jdkBytes - nettyBytes);
    }

    /** All that is counted, each buffer once. */
    public long totalBytes() {
        return otherBytes() + nettyBytes;
    }
}
