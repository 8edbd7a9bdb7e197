package dev.weir.metrics;

import dev.weir.ConnectionPoolManager;
import dev.weir.budget.MemoryBudget;
import dev.weir.event.EventStream;
import dev.weir.monitor.BuiltInRules;
import dev.weir.pool.Lease;
import dev.weir.pool.Pool;
import dev.weir.pool.PoolEnvironment;
import dev.weir.pool.PoolSettings;
import dev.weir.time.ManualTicker;
import java.time.Duration;

/** A manager whose time is moved by hand, and whose workers work at once. */
public final class Basin {

    public final ManualTicker ticker = new ManualTicker();
    public final PlainConnector connector = new PlainConnector();
    public final PoolEnvironment environment =
            PoolEnvironment.manual(ticker, new EventStream(), MemoryBudget.ofBytes(10 << 20), Runnable::run);
    public final ConnectionPoolManager manager = ConnectionPoolManager.on(environment, BuiltInRules.all());

    public Pool<Integer> open(String name, int max) {
        return manager.open(
                name,
                connector,
                PoolSettings.shared().toBuilder().min(1).max(max).maxWaiters(1).build());
    }

    /** Leases for so long. */
    public void lease(Pool<Integer> pool, Duration held) {
        try (Lease<Integer> lease = pool.acquire()) {
            lease.connection();
            ticker.advance(held);
        }
    }

    /** Lets time go by and the housekeeper with it. */
    public void pass(Duration time) {
        ticker.advance(time);
        environment.tick();
    }
}
