package dev.weir.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.MemoryBudget;
import dev.weir.event.EventStream;
import dev.weir.time.ManualTicker;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one more pool retains while none of its connections is open: a service may have one for each of a thousand tenants. */
class DormantPoolTest {

    private static final int POOLS = 1_000;

    /** 1.1 kB before its first use and 1.8 kB after it, when this was written; the heap is weighed as a whole. */
    private static final long BOUND = 2_500;

    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDormantPoolIsSmall(boolean used) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            least = Math.min(least, bytesOfOne(used));
        }
        assertThat(least).isPositive().isLessThan(BOUND);
    }

    private long bytesOfOne(boolean used) {
        PoolEnvironment environment =
                PoolEnvironment.manual(new ManualTicker(), new EventStream(), MemoryBudget.unlimited(), Runnable::run);
        PoolSettings settings = PoolSettings.shared().toBuilder().min(0).build();
        ScriptedConnector connector = new ScriptedConnector();
        List<Pool<ScriptedConnector.Connection>> pools = new ArrayList<>(POOLS);
        long before = live();
        for (int i = 0; i < POOLS; i++) {
            Pool<ScriptedConnector.Connection> pool = Pool.open("tenant-" + i, connector, settings, environment);
            pools.add(pool);
            if (used) {
                pool.acquire().close();
                pool.evict(Eviction.SOFT);
            }
        }
        assertThat(connector.open).isEmpty();
        long after = live();
        pools.forEach(Pool::dispose);
        return (after - before) / POOLS;
    }

    private long live() {
        System.gc();
        System.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
