package dev.weir.benchmarks.compare;

import java.util.List;
import java.util.Map;

/**
 * What came of a trial. Sizes are MiB, rates a second, times milliseconds from the intended start.
 *
 * @param totalMb resident set of the service's JVM, proportional set of all PostgreSQL processes, resident set of Redis
 * @param parts the same by owner; their sum is the total
 * @param tps database transactions that were done
 * @param p50Ms time within which half of them were done
 * @param p99Ms 99 %
 * @param p999Ms 99.9 %
 * @param lanes what came of every kind of work, by its name
 * @param connections backends that PostgreSQL had
 * @param backendsMb what they held
 * @param postgresMb what PostgreSQL held in all
 * @param jvmMb the resident set of the service's JVM
 * @param redisMb that of Redis
 * @param received WebSocket messages that clients sent and the service took
 * @param warmSeconds what bringing the connections to their working state took
 * @param setup how the service was set up
 * @param firstFailure why the first piece of work failed that did; empty if none did
 */
record Outcome(
        double totalMb,
        List<Part> parts,
        double tps,
        double p50Ms,
        double p99Ms,
        double p999Ms,
        Map<String, LaneResult> lanes,
        int connections,
        double backendsMb,
        double postgresMb,
        double jvmMb,
        double redisMb,
        long received,
        double warmSeconds,
        Setup setup,
        String firstFailure) {

    /** Work that failed, of all kinds. */
    long failed() {
        return lanes.values().stream().mapToLong(LaneResult::failed).sum();
    }

    /** By how many percent it holds less than another. */
    double savedPercent(Outcome than) {
        return 100 * (1 - totalMb / than.totalMb);
    }

    /** Whether half, and 99 of a hundred, of the transactions were done as soon as they were there. */
    boolean isNoSlowerThan(Outcome other) {
        return p50Ms <= other.p50Ms && p99Ms <= other.p99Ms;
    }
}
