package dev.weir.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.MemoryBudget;
import dev.weir.event.EventStream;
import dev.weir.pool.ScriptedConnector.Connection;
import dev.weir.time.ManualTicker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A network that swallows connects: they hang, and those that begin after its return work. */
class StuckConnectsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTicker time = new ManualTicker();
    private final Deque<Runnable> connects = new ArrayDeque<>();
    private final PoolEnvironment environment =
            PoolEnvironment.manual(time, new EventStream(), MemoryBudget.unlimited(), connects::add);
    private final ScriptedConnector connector = new ScriptedConnector();

    private Pool<Connection> open(int max) {
        return Pool.open(
                "test",
                connector,
                PoolSettings.shared().toBuilder()
                        .min(0)
                        .max(max)
                        .createTimeout(Duration.ofSeconds(15))
                        .build(),
                environment);
    }

    private void pass(Duration step) {
        time.advance(step);
        environment.tick();
    }

    @Test
    void aConnectThatHangsIsNotWaitedForWhileARequestWaits() {
        Pool<Connection> pool = open(5);
        CompletableFuture<Lease<Connection>> request =
                pool.acquireAsync(Duration.ofSeconds(20)).toCompletableFuture();
        assertThat(connects).hasSize(1);
        pass(SECOND);
        assertThat(connects).hasSize(2);
        pass(SECOND);
        assertThat(connects).hasSize(3);
        connects.removeLast().run();
        assertThat(request).isCompleted();
        // The others may still succeed, and count as connections of the pool.
        connects.remove().run();
        connects.remove().run();
        assertThat(pool.snapshot().size()).isEqualTo(3);
        assertThat(connector.open).hasSize(3);
    }

    @Test
    void whereTheyHaveTakenAllPlacesTheOldestIsGivenUp() {
        Pool<Connection> pool = open(1);
        CompletableFuture<Lease<Connection>> request =
                pool.acquireAsync(Duration.ofSeconds(20)).toCompletableFuture();
        pass(SECOND);
        assertThat(connects).hasSize(1);
        pass(SECOND);
        pass(ConnectPause.PROBE);
        assertThat(connects).hasSize(2);
        connects.removeLast().run();
        assertThat(request).isCompleted();
        connects.remove().run();
        assertThat(pool.snapshot().size()).isOne();
    }

    @Test
    void aServerThatIsMerelySlowGetsItsTime() {
        Pool<Connection> pool = open(1);
        CompletableFuture<Lease<Connection>> request =
                pool.acquireAsync(Duration.ofSeconds(60)).toCompletableFuture();
        // Each connect takes six seconds, and is given up after two, and then four.
        int waited = 0;
        for (int second = 0; second < 30 && waited < 6; second++) {
            pass(SECOND);
            waited += connects.size() == 3 ? 1 : 0;
        }
        assertThat(connects).hasSize(3);
        connects.removeLast().run();
        assertThat(request).isCompleted();
    }

    @Test
    void nobodyWaitsAndNothingIsOvertaken() {
        Pool<Connection> pool = open(5);
        pool.resize(1, 5);
        assertThat(connects).hasSize(1);
        pass(Duration.ofSeconds(5));
        assertThat(connects).hasSize(1);
    }
}
