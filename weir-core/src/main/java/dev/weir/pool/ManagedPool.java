package dev.weir.pool;

import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /**
     * The settings in force; of a {@linkplain #governed() governed} pool, what its own settings mean here. What it has no
     * setting for stands at the value that says so: off, none or without bound.
     */
    PoolSettings settings();

    /**
     * Whether the pool belongs to somebody else, and Weir only counts it, bounds it and ends it. What such a pool does
     * not tell stays zero in its {@link #snapshot()}.
     */
    default boolean governed() {
        return false;
    }

    /** What its connections are for. */
    default ConnectionKind connectionKind() {
        return ConnectionKind.OTHER;
    }

    /** How its connections are spread over the servers they lead to, where those are several; empty by default. */
    default List<EndpointUse> endpoints() {
        return List.of();
    }

    /**
     * Ends every connection that exists now, idle ones at once and leased ones as {@code how} says.
     *
     * @throws UnsupportedOperationException if the pool cannot
     */
    default void evict(Eviction how) {
        throw new UnsupportedOperationException("pool " + name() + " cannot evict its connections");
    }

    /**
     * The engine's pools behind this one, through which it can be steered and looked at slot by slot: one of most
     * kinds, one for each route of HTTP, none of a pool that is not Weir's own.
     */
    default List<Pool<?>> engines() {
        return List.of();
    }

    /** Connections whose bytes are known; none by default. */
    default MeasuredConnections measuredConnections() {
        return MeasuredConnections.NONE;
    }

    /** Has its connections weighed from now on, or no more where {@code watch} is {@code null}; only the engine's pools can. */
    default void watchMemory(@Nullable MemoryWatch watch) {
        engines().forEach(engine -> engine.watchMemory(watch));
    }

    /** What its connections weighed when they were weighed last; those that nobody has weighed are missing. */
    default List<SlotWeight> weights() {
        return engines().stream().flatMap(engine -> engine.weights().stream()).toList();
    }

    /** What a cache that belongs to this pool holds; nothing by default. */
    default CacheUse cacheUse() {
        return CacheUse.NONE;
    }

    /** The statements that ran on its connections, where it is told to look at them; nothing by default. */
    default StatementReport statements() {
        return StatementReport.NONE;
    }

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

    /**
     * Connections to one server.
     *
     * @param endpoint the server, {@code host:port}; no credentials
     * @param idle connections free to be lent
     * @param leased connections lent
     */
    record EndpointUse(String endpoint, int idle, int leased) {}

    /**
     * Connections whose bytes are known.
     *
     * @param connections how many
     * @param bytes what they use together
     */
    record MeasuredConnections(int connections, long bytes) {
        /** Nothing was measured. */
        public static final MeasuredConnections NONE = new MeasuredConnections(0, 0);
    }

    /**
     * A cache's contents.
     *
     * @param entries how many
     * @param bytes what they use together; negative where nobody measured it
     */
    record CacheUse(long entries, long bytes) {
        /** No cache, or an empty one. */
        public static final CacheUse NONE = new CacheUse(0, 0);
    }
}
