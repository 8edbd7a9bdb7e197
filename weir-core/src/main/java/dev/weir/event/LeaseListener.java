package dev.weir.event;

/**
 * Hears of single leases. Nothing is allocated for it and while nobody listens borrowers do nothing for it; what it costs is
 * paid by requests that had to wait anyway, and by the few leases that are noted: by default the first one of each connection
 * after every pass of the housekeeper, so at low rates every lease and at most four a second of a connection.
 *
 * <p>Called on the threads of borrowers, so it must be quick and must not block. One that throws is counted like a
 * listener of events. Thread-safe.
 */
public interface LeaseListener {

    /**
     * A request that had to queue has its connection.
     *
     * @param pool the pool's name
     * @param slot the connection's slot
     * @param nanos how long it waited, in nanoseconds
     */
    void waited(String pool, int slot, long nanos);

    /**
     * A lease that was noted has ended: its connection was given back, fit or not.
     *
     * @param pool the pool's name
     * @param slot the connection's slot
     * @param nanos how long it was held, in nanoseconds
     */
    void leaseEnded(String pool, int slot, long nanos);

    /**
     * Whether every lease is to be noted. That costs each of them two readings of the clock and an object, some 60 ns. Asked
     * when it subscribes; pools that are open follow at their next pass.
     */
    default boolean wantsEveryLease() {
        return false;
    }
}
