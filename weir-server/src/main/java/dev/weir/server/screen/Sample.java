package dev.weir.server.screen;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run at one moment.
 *
 * @param elapsed since the load began
 * @param planned how long it is to last; {@code null}: until it is interrupted
 * @param users virtual users of every kind
 * @param transactions of TPC-B that were committed so far
 * @param tps the same a second, since the last sample
 * @param errors of every kind so far
 * @param grantedBytes of the memory budget, over all pools
 * @param budgetBytes the memory budget
 * @param pools a line for each pool
 */
public record Sample(
        Duration elapsed,
        @Nullable Duration planned,
        int users,
        long transactions,
        double tps,
        long errors,
        long grantedBytes,
        long budgetBytes,
        List<PoolLine> pools) {

    /** Copies the lines. */
    public Sample {
        pools = List.copyOf(pools);
    }

    /**
     * A pool at that moment.
     *
     * @param name the pool's name
     * @param kind {@code jdbc}, {@code redis} or {@code http}
     * @param profile the profile it was made from
     * @param size connections in any state
     * @param max the most it may have
     * @param leased connections lent
     * @param idle connections free to be lent
     * @param waiting requests in the queue
     * @param waitP50Nanos the median wait for a connection, since the last sample
     * @param waitP99Nanos the wait that 99 % did not exceed, since the last sample
     * @param rate operations a second, since the last sample; transactions, where it is JDBC
     * @param rejected requests turned away so far
     * @param leaked leases reported as leaked so far
     * @param bytes of the memory budget
     */
    public record PoolLine(
            String name,
            String kind,
            String profile,
            int size,
            int max,
            int leased,
            int idle,
            int waiting,
            long waitP50Nanos,
            long waitP99Nanos,
            double rate,
            long rejected,
            long leaked,
            long bytes) {}
}
