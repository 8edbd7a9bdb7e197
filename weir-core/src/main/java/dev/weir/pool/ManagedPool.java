package dev.weir.pool;

/**
 * A pool as its manager sees it: what it holds, and the phases of its end. The manager goes through the phases in the
 * order they stand here, over all its pools, with one deadline. Every method may be called from any thread, returns
 * without waiting for a connection, and may be called again.
 */
public interface ManagedPool {

    /** The pool's name, unique within a manager. */
    String name();

    /** What it looks like now. */
    PoolSnapshot snapshot();

    /** First phase: turns new requests away. */
    void refuse();

    /** Second phase: fails the requests that wait, and starts to close what is idle. */
    void failWaiters();

    /** How many connections are still in somebody's hands. Third phase, the drain: waiting until there are none. */
    int inUse();

    /** Fourth phase: asks the work on leased connections to stop. */
    void cancelLeased();

    /** Fifth phase: ends leased connections under their holders. */
    void abortLeased();

    /** How many connections are not yet ended, in whatever state. */
    int connectionsLeft();

    /**
     * Last: gives up whatever is left, returns its grants and leaves the housekeeper. A pool that is disposed of costs
     * nothing but its own memory.
     */
    void dispose();
}
