package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.budget.MemoryBudget;
import dev.weir.event.EventStream;
import dev.weir.event.PoolEvent;
import dev.weir.monitor.BuiltInRules;
import dev.weir.monitor.PoolHistories;
import dev.weir.pool.Connector;
import dev.weir.pool.Lease;
import dev.weir.pool.ManagedPool;
import dev.weir.pool.Pool;
import dev.weir.pool.PoolEnvironment;
import dev.weir.pool.PoolSettings;
import dev.weir.time.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConnectionPoolManagerTest {

    private final ManualTicker time = new ManualTicker();
    private final EventStream events = new EventStream();
    private final PoolEnvironment environment =
            PoolEnvironment.manual(time, events, MemoryBudget.ofBytes(1_000_000), Runnable::run);
    private final ConnectionPoolManager manager = ConnectionPoolManager.on(environment, BuiltInRules.all());

    /** Numbers its connections and knows how many are open. */
    private static final class Numbers implements Connector<Integer> {
        final AtomicInteger next = new AtomicInteger();
        final AtomicInteger open = new AtomicInteger();

        @Override
        public Integer connect() {
            open.incrementAndGet();
            return next.incrementAndGet();
        }

        @Override
        public boolean check(Integer connection, Duration timeout) {
            return true;
        }

        @Override
        public void close(Integer connection) {
            open.decrementAndGet();
        }

        @Override
        public void abort(Integer connection) {
            open.decrementAndGet();
        }

        @Override
        public String endpoint() {
            return "numbers:0";
        }
    }

    @Test
    void aThousandPoolsSitUnderOneManager() {
        Numbers numbers = new Numbers();
        PoolSettings settings = PoolSettings.shared().toBuilder().min(0).build();
        for (int i = 0; i < 1_000; i++) {
            manager.open("tenant-" + i, numbers, settings);
        }
        manager.open("used", numbers, settings).acquire().close();
        for (int i = 0; i < 5; i++) {
            time.advance(ConnectionPoolManager.SAMPLE_INTERVAL);
            environment.tick();
        }
        for (int i = 0; i < 1_000; i++) {
            PoolHistories histories = manager.histories("tenant-" + i).orElseThrow();
            assertThat(histories.samples().size()).as("nothing has happened").isZero();
        }
        assertThat(manager.histories("used").orElseThrow().samples().size()).isGreaterThan(1);
        assertThat(manager.shutdown(Duration.ofSeconds(5)).pools()).hasSize(1_001);
        assertThat(numbers.open).hasValue(0);
    }

    @Test
    void namesAreUnique() {
        manager.register(FakePool.idle("a"));
        assertThatThrownBy(() -> manager.register(FakePool.idle("a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a is registered already");
        assertThat(manager.pools()).hasSize(1);
    }

    @Test
    void aPoolDependsOnlyOnPoolsThatAreThere() {
        assertThatThrownBy(() -> manager.register(FakePool.idle("a"), "b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("register b first");
    }

    @Test
    void thereIsRoomForSoManyPoolsAndNoMore() {
        for (int i = 0; i < Registry.MAX_POOLS; i++) {
            manager.register(FakePool.idle("p" + i));
        }
        assertThatThrownBy(() -> manager.register(FakePool.idle("one more"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void afterAShutdownNothingIsTaken() {
        manager.shutdown(Duration.ZERO);
        assertThatThrownBy(() -> manager.register(FakePool.idle("late"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> manager.addListener(event -> {})).isInstanceOf(IllegalStateException.class);
        Numbers connector = new Numbers();
        assertThatThrownBy(() -> manager.open("late", connector, PoolSettings.shared()))
                .isInstanceOf(IllegalStateException.class);
        assertThat(connector.open).as("what was opened meanwhile is closed").hasValue(0);
        assertThat(manager.budget().accounts()).isEmpty();
    }

    @Test
    void thePassSamplesEachPoolOnceASecond() {
        manager.register(FakePool.idle("a"));
        for (int i = 0; i < 12; i++) {
            environment.tick();
            time.advance(Duration.ofMillis(250));
        }
        assertThat(manager.histories("a").orElseThrow().samples().size()).isEqualTo(3);
        assertThat(manager.histories("b")).isEmpty();
    }

    @Test
    void aPoolThatIsLetGoIsForgotten() {
        manager.register(FakePool.idle("a"));
        assertThat(manager.unregister("a")).isTrue();
        assertThat(manager.unregister("a")).isFalse();
        assertThat(manager.pool("a")).isEmpty();
        assertThat(manager.histories("a")).isEmpty();
        manager.register(FakePool.idle("a"));
        assertThat(manager.pool("a").map(ManagedPool::name)).contains("a");
    }

    @Test
    void listenersHearTheirPoolsUntilTheyStop() {
        List<PoolEvent> heard = new ArrayList<>();
        EventStream.Subscription listening = manager.addListener(heard::add);
        manager.open("numbers", new Numbers(), PoolSettings.shared());
        assertThat(heard).isNotEmpty();
        heard.clear();
        listening.close();
        manager.shutdown(Duration.ZERO);
        assertThat(heard).isEmpty();
    }

    @Test
    void aRealPoolGoesThroughItsWholeLife() {
        Numbers connector = new Numbers();
        Pool<Integer> pool = manager.open(
                "numbers", connector, PoolSettings.shared().toBuilder().min(2).build());
        try (Lease<Integer> lease = pool.acquire()) {
            assertThat(lease.connection()).isPositive();
        }
        environment.tick();
        assertThat(manager.memoryUsage().connectionsCount()).isEqualTo(2);
        assertThat(manager.memoryUsage().metricsCount()).isEqualTo(1);
        assertThat(manager.budget().grantedBytes()).isEqualTo(2 * connector.estimatedBytes());
        ShutdownReport report = manager.shutdown(Duration.ofSeconds(5));
        assertThat(report.connectionsLeft()).isZero();
        assertThat(report.bytesLeft()).isZero();
        assertThat(report.aborted()).isZero();
        assertThat(connector.open).hasValue(0);
        assertThat(manager.budget().accounts()).isEmpty();
    }

    @Test
    void aShutdownOfTheProcessesOwnEnvironmentLeavesNoThread() {
        Numbers connector = new Numbers();
        ConnectionPoolManager real = ConnectionPoolManager.create(MemoryBudget.ofBytes(10_000_000));
        Pool<Integer> pool = real.open("numbers", connector, PoolSettings.shared());
        Lease<Integer> lease = pool.acquire();
        assertThat(WeirThreads.alive()).isPositive();
        lease.close();
        ShutdownReport report = real.shutdown(Duration.ofSeconds(10));
        assertThat(report.connectionsLeft()).isZero();
        assertThat(report.bytesLeft()).isZero();
        assertThat(report.listenersLeft()).isZero();
        assertThat(connector.open).hasValue(0);
        // Other tests of this process may have pools of their own that end soon.
        await().until(() -> WeirThreads.alive() == 0);
    }
}
