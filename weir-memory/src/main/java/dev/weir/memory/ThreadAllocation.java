package dev.weir.memory;

import java.lang.management.ManagementFactory;

/** Bytes that the current thread has allocated so far. */
final class ThreadAllocation {

    private ThreadAllocation() {}

    /** The bytes; -1 where the JVM does not count them. */
    static long bytes() {
        return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
                        && threads.isThreadAllocatedMemorySupported()
                        && threads.isThreadAllocatedMemoryEnabled()
                ? threads.getThreadAllocatedBytes(Thread.currentThread().getId())
                : -1;
    }
}
