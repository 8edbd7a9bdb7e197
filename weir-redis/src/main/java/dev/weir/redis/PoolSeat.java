package dev.weir.redis;

import dev.weir.ConnectionPoolManager;
import dev.weir.pool.ManagedPool;
import dev.weir.pool.PoolEnvironment;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a pool is to live: its environment, and its manager if it has one. */
record PoolSeat(PoolEnvironment environment, @Nullable ConnectionPoolManager manager, List<String> dependencies) {

    PoolSeat(WeirRedisBuilder from) {
        this(from.sharedEnvironment(), from.manager, from.dependencies);
    }

    /** Seats a pool that was just opened; one that its manager refuses is ended again. */
    PoolEnd take(ManagedPool pool) {
        if (manager != null) {
            try {
                manager.register(pool, dependencies.toArray(String[]::new));
            } catch (RuntimeException refused) {
                new PoolEnd(pool, null).run(Duration.ZERO);
                throw refused;
            }
        }
        return new PoolEnd(pool, manager);
    }
}
