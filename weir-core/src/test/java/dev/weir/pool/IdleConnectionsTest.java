package dev.weir.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.MemoryBudget;
import dev.weir.event.CloseReason;
import dev.weir.event.EventStream;
import dev.weir.event.PoolEvent;
import dev.weir.pool.ScriptedConnector.Connection;
import dev.weir.time.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Idle connections closed from outside: by what they are, or the coldest one. */
class IdleConnectionsTest {

    private final ManualTicker time = new ManualTicker();
    private final EventStream events = new EventStream();
    private final PoolEnvironment environment =
            PoolEnvironment.manual(time, events, MemoryBudget.unlimited(), Runnable::run);
    private final ScriptedConnector connector = new ScriptedConnector();
    private final Pool<Connection> pool = Pool.open(
            "idle", connector, PoolSettings.shared().toBuilder().min(0).build(), environment);

    @Test
    void thoseThatArePickedGoAndLeasedOnesStay() {
        List<PoolEvent> seen = new ArrayList<>();
        events.subscribe(seen::add);
        Lease<Connection> first = pool.acquire();
        Lease<Connection> second = pool.acquire();
        Lease<Connection> third = pool.acquire();
        second.close();
        third.close();
        assertThat(pool.closeIdle(connection -> connection.number != 2, CloseReason.EVICTED))
                .isEqualTo(1);
        assertThat(connector.open).extracting(connection -> connection.number).containsExactlyInAnyOrder(1, 2);
        assertThat(first.isOpen()).isTrue();
        assertThat(seen)
                .anyMatch(event ->
                        event instanceof PoolEvent.ConnectionClosed closed && closed.reason() == CloseReason.EVICTED);
    }

    @Test
    void theColdestIsTheOneThatRestedLongest() {
        Lease<Connection> first = pool.acquire();
        Lease<Connection> second = pool.acquire();
        assertThat(pool.coldestIdleNanos()).isNegative();
        assertThat(pool.closeColdest(CloseReason.RECLAIMED)).isFalse();
        second.close();
        environment.tick();
        time.advance(Duration.ofMillis(100));
        first.close();
        environment.tick();
        assertThat(pool.coldestIdleNanos()).isEqualTo(100_000_000);
        assertThat(pool.closeColdest(CloseReason.RECLAIMED)).isTrue();
        assertThat(connector.open).extracting(connection -> connection.number).containsExactly(1);
    }

    @Test
    void waitsOfSeveralPoolsAddUp() {
        pool.acquire().close();
        pool.acquire().close();
        WaitTimes waits = pool.snapshot().waits();
        assertThat(waits.plus(waits).count()).isEqualTo(2 * waits.count());
        assertThat(waits.plus(WaitTimes.none()).count()).isEqualTo(waits.count());
        assertThat(waits.plus(waits).immediate()).isEqualTo(2 * waits.immediate());
    }
}
