package dev.weir;

/** Looks for the threads that Weir started. */
final class WeirThreads {

    static final String PREFIX = "weir-";

    private WeirThreads() {}

    /** Live threads of the process with Weir's prefix, the calling one aside. */
    static int alive() {
        int alive = 0;
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread != Thread.currentThread() && thread.getName().startsWith(PREFIX)) {
                alive++;
            }
        }
        return alive;
    }
}
