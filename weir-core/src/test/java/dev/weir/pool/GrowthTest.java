package dev.weir.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.MemoryBudget;
import dev.weir.event.EventStream;
import dev.weir.pool.ScriptedConnector.Connection;
import dev.weir.time.ManualTicker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How many connections a queue makes the pool open; workers work when told to. */
class GrowthTest {

    private static final Duration CONNECT = Duration.ofMillis(50);

    private final ManualTicker time = new ManualTicker();
    private final Deque<Runnable> connects = new ArrayDeque<>();
    private final PoolEnvironment environment =
            PoolEnvironment.manual(time, new EventStream(), MemoryBudget.unlimited(), connects::add);
    private final Pool<Connection> pool = Pool.open(
            "test",
            new ScriptedConnector(),
            PoolSettings.shared().toBuilder().min(2).max(20).build(),
            environment);
    private final List<CompletableFuture<Lease<Connection>>> requests = new ArrayList<>();

    private void request(int count) {
        for (int i = 0; i < count; i++) {
            requests.add(pool.acquireAsync(Duration.ofSeconds(10)).toCompletableFuture());
        }
    }

    /** The oldest requests that were served give back, one after the other, for as many others. */
    private void serve(int count) {
        for (int i = 0; i < count; i++) {
            requests.remove(0).join().close();
        }
    }

    private void connectOne() {
        time.advance(CONNECT);
        connects.remove().run();
    }

    private void warmUp() {
        connects.remove().run();
        connects.remove().run();
        assertThat(connects).isEmpty();
    }

    @Test
    void aBurstThatTheConnectionsAtWorkCanServeOpensOne() {
        warmUp();
        request(50);
        assertThat(connects).hasSize(1);
        serve(40);
        connectOne();
        assertThat(pool.snapshot().waiting()).isEqualTo(7);
        assertThat(connects).isEmpty();
        serve(10);
        assertThat(pool.snapshot().size()).isEqualTo(3);
    }

    @Test
    void aQueueThatStopsDrainingOpensAnotherSoon() {
        warmUp();
        request(50);
        serve(40);
        connectOne();
        assertThat(connects).isEmpty();
        time.advance(Housekeeper.INTERVAL);
        environment.tick();
        assertThat(connects).hasSize(1);
    }

    @Test
    void aQueueThatStaysAsLongDoublesTheConnects() {
        warmUp();
        request(20);
        connectOne();
        assertThat(connects).hasSize(2);
        serve(4);
        request(4);
        connectOne();
        assertThat(connects).hasSize(4);
    }
}
