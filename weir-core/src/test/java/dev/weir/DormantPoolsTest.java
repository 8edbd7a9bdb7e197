package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.MemoryBudget;
import dev.weir.event.EventStream;
import dev.weir.monitor.BuiltInRules;
import dev.weir.pool.Connector;
import dev.weir.pool.Eviction;
import dev.weir.pool.Pool;
import dev.weir.pool.PoolEnvironment;
import dev.weir.pool.PoolSettings;
import dev.weir.time.ManualTicker;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one more pool under a manager retains while none of its connections is open, its histories included. */
class DormantPoolsTest {

    private static final int POOLS = 1_000;

    private static final Connector<Object> PLAIN = new Connector<>() {
        @Override
        public Object connect() {
            return new Object();
        }

        @Override
        public boolean check(Object connection, Duration timeout) {
            return true;
        }

        @Override
        public void close(Object connection) {}

        @Override
        public void abort(Object connection) {}

        @Override
        public String endpoint() {
            return "nowhere";
        }
    };

    /** 1.4 kB if it was never used, and 4.5 kB if it once was, when this was written; the heap is weighed as a whole. */
    @ParameterizedTest
    @CsvSource({"false, 2000", "true, 6000"})
    void aPoolThatSleepsIsSmall(boolean used, long bound) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            least = Math.min(least, bytesOfOne(used));
        }
        assertThat(least).isPositive().isLessThan(bound);
    }

    private static long bytesOfOne(boolean used) {
        ManualTicker ticker = new ManualTicker();
        PoolEnvironment environment =
                PoolEnvironment.manual(ticker, new EventStream(), MemoryBudget.unlimited(), Runnable::run);
        PoolSettings settings = PoolSettings.shared().toBuilder().min(0).build();
        try (ConnectionPoolManager manager = ConnectionPoolManager.on(environment, BuiltInRules.all())) {
            List<Pool<Object>> pools = new ArrayList<>(POOLS);
            long before = live();
            for (int i = 0; i < POOLS; i++) {
                pools.add(manager.open("tenant-" + i, PLAIN, settings));
            }
            for (int second = 0; used && second < 400; second++) {
                for (Pool<Object> pool : pools) {
                    pool.acquire().close();
                }
                pass(manager, ticker);
            }
            pools.forEach(pool -> pool.evict(Eviction.SOFT));
            for (int second = 0; second < 400; second++) {
                pass(manager, ticker);
            }
            return (live() - before) / POOLS;
        }
    }

    private static void pass(ConnectionPoolManager manager, ManualTicker ticker) {
        ticker.advance(Duration.ofSeconds(1));
        manager.pass(ticker.nanos());
    }

    private static long live() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
