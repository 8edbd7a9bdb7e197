package dev.weir.jdbc.governed;

import java.time.Duration;

/**
 * A pool that somebody else owns, by that pool's own interface; one class for each kind. What may block says so and is
 * called on a worker; everything else returns at once. All of it may be called from any thread, and after the pool was
 * closed.
 */
interface ForeignPool {

    /** A count or a time that the pool does not tell. */
    long UNTOLD = -1;

    PoolKind kind();

    /** What its owner called it, or else its kind. */
    String name();

    Use use();

    /** What the pool is set to now, be it by its owner or by {@link #resize}. */
    Terms terms();

    /** Whether {@link #resize} works while the pool does. */
    boolean resizable();

    /** Sets the fewest and the most connections; leased ones above the most stay until they return. */
    void resize(int min, int max);

    /** Opens about so many connections for those who wait, within the maximum, if it can be made to. May block. */
    default void open(int connections) throws Exception {}

    /** Whether {@link #evictIdle} does anything: not by a mere MBean that has no such operation. */
    default boolean evicts() {
        return true;
    }

    /** Closes about so many idle connections, as exactly as the pool can. May block. */
    void evictIdle(int connections) throws Exception;

    /** Lends no more, as far as the pool can do that and leave those alone who hold connections. May block. */
    void refuse() throws Exception;

    /** Ends leased connections under their holders. May block; may be called again for what was too young to be ended. */
    void abort() throws Exception;

    /** Closes the pool. May block. */
    void close() throws Exception;

    /** Whether somebody closed it. */
    boolean closed();

    /** Whether {@link #abort} and {@link #close} do anything: not by a mere MBean that has no such operation. */
    default boolean closable() {
        return true;
    }

    /**
     * What the pool holds.
     *
     * @param size connections in whatever state, those being opened included where the pool tells
     * @param leased connections lent
     * @param waiting requests that wait
     * @param totals what it counts over time
     */
    record Use(int size, int leased, int waiting, Totals totals) {
        static final Use NONE = new Use(0, 0, 0, Totals.UNTOLD_ALL);

        /** The counts are read one after the other while the pool works: a lease is a connection whatever they say. */
        public Use {
            leased = Math.max(0, leased);
            size = Math.max(size, leased);
            waiting = Math.max(0, waiting);
        }

        int idle() {
            return size - leased;
        }
    }

    /** Counts since the pool was opened, each {@link #UNTOLD} where the pool keeps none. */
    record Totals(long leases, long opened, long closed, long leaks) {
        static final Totals UNTOLD_ALL = new Totals(UNTOLD, UNTOLD, UNTOLD, UNTOLD);
    }

    /**
     * What a pool is set to; zero is "for ever" or "never".
     *
     * @param min the fewest connections it keeps
     * @param max the most it has
     */
    record Terms(
            int min,
            int max,
            Duration acquireTimeout,
            Duration idleTimeout,
            Duration maxLifetime,
            Duration leakThreshold) {

        static Duration millis(long millis) {
            return Duration.ofMillis(Math.max(0, millis));
        }
    }
}
