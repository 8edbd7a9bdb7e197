package dev.weir.pool;

/** How {@link Pool#evict(Eviction)} treats connections that are leased. */
public enum Eviction {
    /** Idle connections close now, leased ones when they come back. */
    SOFT,
    /** Leased connections are aborted too; their holders see them fail. */
    HARD
}
