package dev.weir;

import java.util.List;
import java.util.Locale;

/**
 * What a shutdown did and what is left. In a good end {@link #isClean()} holds: nothing is left, nothing was aborted.
 *
 * @param connectionsLeft connections of all pools that have not ended
 * @param threadsLeft live threads of the process whose name starts with {@code weir-}, the calling one aside; pools of
 *     another manager that are still open keep some
 * @param bytesLeft bytes of the memory budget that are still granted
 * @param listenersLeft listeners of the event stream
 * @param waitersFailed requests that were in a queue when their pool shut down
 * @param cancelled leased connections whose work was asked to stop
 * @param aborted leased connections that were ended under their holders
 * @param abandoned connections that were still closing or opening at the end and were given up
 * @param drainMs how long the draining took, until no connection was lent or it was cut short
 * @param totalMs how long the whole shutdown took
 * @param deadlineMet whether it ended within its deadline
 * @param pools what became of each pool, in the order they were shut down
 * @param failures what went wrong in single pools on the way, as text
 */
public record ShutdownReport(
        int connectionsLeft,
        int threadsLeft,
        long bytesLeft,
        int listenersLeft,
        int waitersFailed,
        int cancelled,
        int aborted,
        int abandoned,
        long drainMs,
        long totalMs,
        boolean deadlineMet,
        List<PoolEnd> pools,
        List<String> failures) {

    /** Copies the lists. */
    public ShutdownReport {
        pools = List.copyOf(pools);
        failures = List.copyOf(failures);
    }

    /**
     * What became of a pool.
     *
     * @param pool its name
     * @param connectionsLeft connections that have not ended
     * @param bytesLeft bytes of the memory budget that it still holds
     * @param waitersFailed requests that were in its queue
     * @param cancelled leased connections whose work was asked to stop
     * @param aborted leased connections that were ended under their holders
     * @param abandoned connections that were still closing or opening and were given up
     * @param drainMs how long it took until none of its connections was lent, or the drain was cut short
     */
    public record PoolEnd(
            String pool,
            int connectionsLeft,
            long bytesLeft,
            int waitersFailed,
            int cancelled,
            int aborted,
            int abandoned,
            long drainMs) {}

    /** Whether nothing is left, nothing had to be aborted or abandoned, and nothing went wrong. */
    public boolean isClean() {
        return connectionsLeft == 0
                && threadsLeft == 0
                && bytesLeft == 0
                && listenersLeft == 0
                && aborted == 0
                && abandoned == 0
                && failures.isEmpty();
    }

    /** As a table. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        line(text, "pool", "left", "bytes", "waiters", "cancelled", "aborted", "abandoned", "drain ms");
        for (PoolEnd pool : pools) {
            line(
                    text,
                    pool.pool(),
                    pool.connectionsLeft(),
                    pool.bytesLeft(),
                    pool.waitersFailed(),
                    pool.cancelled(),
                    pool.aborted(),
                    pool.abandoned(),
                    pool.drainMs());
        }
        line(text, "total", connectionsLeft, bytesLeft, waitersFailed, cancelled, aborted, abandoned, drainMs);
        text.append(String.format(
                Locale.ROOT,
                "left: %d connections, %d threads, %d bytes, %d listeners; %d ms%s",
                connectionsLeft,
                threadsLeft,
                bytesLeft,
                listenersLeft,
                totalMs,
                deadlineMet ? "" : ", longer than its deadline"));
        for (String failure : failures) {
            text.append(System.lineSeparator()).append("failed: ").append(failure);
        }
        return text.toString();
    }

    private static void line(StringBuilder text, Object... columns) {
        text.append(String.format(Locale.ROOT, "%-20s %6s %12s %8s %10s %8s %10s %9s%n", columns));
    }
}
