package dev.weir.benchmarks;

import java.util.Map;

/**
 * What the clock, a load and the processors' accounts say at a moment.
 *
 * @param nanos of the clock
 * @param done what the load did so far
 * @param cpu what each thread of this JVM and each of the server's sessions took of the processors so far, in nanoseconds
 */
record Reading(long nanos, long done, Map<String, Long> cpu) {

    static Reading of(SteadyLoad load, Sessions sessions) {
        return new Reading(System.nanoTime(), load.done(), CpuAccounts.read(sessions.pids()));
    }

    /** What lies between two moments; what a thread took that ended meanwhile is not in it. */
    Turn since(Reading before) {
        long taken = 0;
        for (Map.Entry<String, Long> account : cpu.entrySet()) {
            taken += account.getValue() - before.cpu.getOrDefault(account.getKey(), 0L);
        }
        return new Turn(nanos - before.nanos, done - before.done, taken);
    }

    /**
     * A stretch of time.
     *
     * @param nanos how long it was
     * @param done what the load did
     * @param cpuNanos what that took of the processors, and all that the JVM did besides
     */
    record Turn(long nanos, long done, long cpuNanos) {

        /** How often it was done in a second, by all threads together. */
        double perSecond() {
            return done * 1e9 / nanos;
        }

        /** What doing it once took of the processors, in nanoseconds. */
        double cpuEach() {
            return (double) cpuNanos / done;
        }
    }
}
