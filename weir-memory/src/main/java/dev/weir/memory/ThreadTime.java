package dev.weir.memory;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Time that the current thread has been at work: what an analysis may use of it does not depend on what else the machine does. Where threads are not
 * timed, such as a virtual one, the time that has gone by.
 */
final class ThreadTime {

    private ThreadTime() {}

    /** In nanoseconds since some moment; only differences on one thread mean something. */
    static long nanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        try {
            if (threads.isCurrentThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled()) {
                long nanos = threads.getCurrentThreadCpuTime();
                return nanos < 0 ? System.nanoTime() : nanos;
            }
        } catch (UnsupportedOperationException virtual) {
            return System.nanoTime();
        }
        return System.nanoTime();
    }
}
