package dev.weir.pool;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pool looked like at one moment. Counts by state are read one slot after the other while the pool works, so
 * under load they may be off by the moves made meanwhile; totals only grow.
 *
 * @param pool the pool's name
 * @param min the fewest connections it keeps
 * @param max the most it may have
 * @param target the size it currently allows itself to grow to, between min and max
 * @param opening slots whose connection is being opened
 * @param idle slots with a connection free to be lent, those being checked included
 * @param leased slots whose connection is lent
 * @param closing slots whose connection is being ended
 * @param waiting requests in the queue
 * @param oldestWait how long the first of them has waited; zero when nobody waits
 * @param totals what happened since the pool was opened
 * @param waits how long requests waited
 * @param grantedBytes bytes of the memory budget that the pool holds
 * @param lastConnectFailure the newest failure to connect since the last success, or {@code null}
 * @param holders who holds leased connections, longest first, at most {@value #MAX_HOLDERS}
 * @param suspended whether new requests are held back
 * @param shutDown whether the pool refuses new requests for good
 */
public record PoolSnapshot(
        String pool,
        int min,
        int max,
        int target,
        int opening,
        int idle,
        int leased,
        int closing,
        int waiting,
        Duration oldestWait,
        Totals totals,
        WaitTimes waits,
        long grantedBytes,
        @Nullable Throwable lastConnectFailure,
        List<Holder> holders,
        boolean suspended,
        boolean shutDown) {

    /** The most holders a snapshot names. */
    public static final int MAX_HOLDERS = 5;

    /** Copies the holders. */
    public PoolSnapshot {
        holders = List.copyOf(holders);
    }

    /** Connections in any state. */
    public int size() {
        return opening + idle + leased + closing;
    }

    /**
     * A holder of a leased connection.
     *
     * @param slot the slot's index
     * @param thread the borrowing thread's name, or its number where it has no name
     * @param heldAtLeast how long it has been held, as the housekeeper has seen it; never more than the true time
     */
    public record Holder(int slot, String thread, Duration heldAtLeast) {}

    /**
     * Counts since the pool was opened.
     *
     * @param leases connections lent
     * @param waited leases that had to wait in the queue
     * @param rejected requests turned away because of the queue
     * @param timedOut requests that waited their whole timeout
     * @param interrupted requests whose thread was interrupted
     * @param opened connections opened
     * @param closed connections ended
     * @param connectFailures attempts to connect that failed
     * @param checksFailed checks that found a connection unusable
     * @param leaks leases reported as leaked
     * @param scalings changes of the target size
     * @param peakLeased most connections lent at once, as far as seen: the housekeeper looks four times a second; at least 1 once
     *     something was lent
     * @param peakWaiting most requests in the queue at once
     */
    public record Totals(
            long leases,
            long waited,
            long rejected,
            long timedOut,
            long interrupted,
            long opened,
            long closed,
            long connectFailures,
            long checksFailed,
            long leaks,
            long scalings,
            int peakLeased,
            int peakWaiting) {}

    /** One line of counts, as exceptions show it. */
    public String counts() {
        return "pool " + pool + ": " + leased + " leased, " + idle + " idle, " + opening + " opening of " + max
                + " (target " + target + "), " + waiting + " waiting, oldest for " + oldestWait.toMillis() + " ms";
    }
}
