package dev.weir.jdbc;

import dev.weir.pool.PoolSettings;
import java.time.Duration;

/** The ready-made sets of settings; every figure of each can be overridden. */
public enum Profile {
    /** The settings of the source's advanced pool: 1 to 5 connections, waits of up to 15 s (R1). */
    SHARED(PoolSettings.shared(), Duration.ZERO),
    /** The settings of the source's basic pool: 1 to 3 connections, waits of up to 5 s, statements of up to 15 s (R3). */
    FRUGAL(PoolSettings.frugal(), Duration.ofSeconds(15)),
    /** The settings of the source's performance pool: 2 to 25 connections, sized by load (R4). */
    PERFORMANCE(PoolSettings.performance(), Duration.ZERO);

    @SuppressWarnings("ImmutableEnumChecker") // a record of numbers, durations and constants
    private final PoolSettings pool;

    private final Duration queryTimeout;

    Profile(PoolSettings pool, Duration queryTimeout) {
        this.pool = pool;
        this.queryTimeout = queryTimeout;
    }

    /** The settings of the engine. */
    public PoolSettings pool() {
        return pool;
    }

    /** How long a statement may run whose borrower sets no timeout of its own; zero: as long as it takes. */
    public Duration queryTimeout() {
        return queryTimeout;
    }
}
