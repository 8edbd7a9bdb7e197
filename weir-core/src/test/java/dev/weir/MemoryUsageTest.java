package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.MemoryBudget;
import dev.weir.event.EventStream;
import dev.weir.event.PoolEvent;
import dev.weir.monitor.BuiltInRules;
import dev.weir.pool.ManagedPool;
import dev.weir.pool.PoolEnvironment;
import dev.weir.time.ManualTicker;
import org.junit.jupiter.api.Test;

class MemoryUsageTest {

    private final EventStream events = new EventStream();
    private final PoolEnvironment environment =
            PoolEnvironment.manual(new ManualTicker(), events, MemoryBudget.ofBytes(1000), Runnable::run);
    private final ConnectionPoolManager manager = ConnectionPoolManager.on(environment, BuiltInRules.all());

    @Test
    void memoryIsMeasuredWhereItCanBeAndEstimatedOnlyWhereNot() {
        FakePool partly = FakePool.idle("partly");
        partly.figures.idle = 3;
        partly.figures.leased = 1;
        partly.measured = new ManagedPool.MeasuredConnections(3, 3000);
        partly.cache = new ManagedPool.CacheUse(7, 700);
        FakePool blind = FakePool.idle("blind");
        blind.cache = new ManagedPool.CacheUse(2, -1);
        manager.register(partly);
        manager.register(blind);
        environment.tick();
        events.publish(new PoolEvent.Scaled("blind", 0, 1, 2, "waits"));

        MemoryUsage usage = manager.memoryUsage();

        assertThat(usage.connectionsCount()).isEqualTo(5);
        assertThat(usage.metricsCount()).isEqualTo(2);
        assertThat(usage.scalingEventsCount()).isEqualTo(1);
        assertThat(usage.alertsCount()).isZero();
        assertThat(usage.leaksCount()).isZero();
        assertThat(usage.cacheEntries()).isEqualTo(9);
        assertThat(usage.cacheBytes()).isEqualTo(700 + 2 * 1024);
        assertThat(usage.estimatedBytes()).isEqualTo(2 * 5L * 1024 * 1024 + 2 * 1024);
        long histories = manager.histories("partly").orElseThrow().bytes()
                + manager.histories("blind").orElseThrow().bytes();
        assertThat(histories).isPositive();
        assertThat(usage.measuredBytes()).isEqualTo(3000 + 700 + histories);
        assertThat(usage.toString()).contains("estimated: 5 MB a connection", "measured: reported by the connector");
    }

    @Test
    void aManagerWithoutPoolsHoldsNothing() {
        MemoryUsage usage = manager.memoryUsage();
        assertThat(usage.measuredBytes()).isZero();
        assertThat(usage.estimatedBytes()).isZero();
        assertThat(usage.pools()).isEmpty();
    }

    @Test
    void everyTotalIsTheSumOfItsLines() {
        for (int i = 0; i < 5; i++) {
            FakePool pool = FakePool.idle("p" + i);
            pool.figures.idle = i;
            pool.measured = new ManagedPool.MeasuredConnections(i / 2, i * 1000L);
            pool.cache = new ManagedPool.CacheUse(i, i % 2 == 0 ? i * 10L : -1);
            manager.register(pool);
        }
        environment.tick();
        MemoryUsage usage = manager.memoryUsage();
        long connections = 0;
        long bytes = 0;
        for (MemoryUsage.PoolUsage pool : usage.pools()) {
            for (MemoryUsage.Figure figure : pool.figures()) {
                bytes += figure.bytes();
                connections += figure.kind() == MemoryUsage.Kind.CONNECTIONS ? figure.count() : 0;
            }
        }
        assertThat(usage.measuredBytes() + usage.estimatedBytes()).isEqualTo(bytes);
        assertThat(usage.connectionsCount()).isEqualTo(connections).isEqualTo(0 + 1 + 2 + 3 + 4);
    }
}
