package dev.weir.redis;

import dev.weir.pool.PoolSettings;
import java.time.Duration;

/** The ready-made sets of settings; every figure of each can be overridden. */
public enum Profile {
    /** 1 to 5 connections, waits of up to 15 s (R1). */
    SHARED(PoolSettings.shared(), Duration.ZERO),
    /** 1 to 3 connections, waits of up to 5 s, commands of up to 15 s (R3). */
    FRUGAL(PoolSettings.frugal(), Duration.ofSeconds(15)),
    /** 2 to 25 connections, sized by load (R4). */
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

    /** How long a command may wait for its reply; zero: as long as it takes. */
    public Duration queryTimeout() {
        return queryTimeout;
    }
}
