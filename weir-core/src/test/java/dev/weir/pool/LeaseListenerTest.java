package dev.weir.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.MemoryBudget;
import dev.weir.event.CloseReason;
import dev.weir.event.EventStream;
import dev.weir.event.LeaseListener;
import dev.weir.event.PoolEvent;
import dev.weir.time.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What listeners hear of single leases, and of the steps of a connection's life. */
class LeaseListenerTest {

    private final ManualTicker ticker = new ManualTicker();
    private final EventStream events = new EventStream();
    private final ScriptedConnector connector = new ScriptedConnector();
    private final PoolEnvironment environment =
            PoolEnvironment.manual(ticker, events, MemoryBudget.unlimited(), Runnable::run);
    private final List<Long> held = new ArrayList<>();
    private final List<Long> waited = new ArrayList<>();

    private LeaseListener listener(boolean every) {
        return new LeaseListener() {
            @Override
            public void waited(String pool, int slot, long nanos) {
                waited.add(nanos);
            }

            @Override
            public void leaseEnded(String pool, int slot, long nanos) {
                held.add(nanos);
            }

            @Override
            public boolean wantsEveryLease() {
                return every;
            }
        };
    }

    private Pool<ScriptedConnector.Connection> open(int max) {
        return Pool.open(
                "p",
                connector,
                PoolSettings.shared().toBuilder().min(1).max(max).build(),
                environment);
    }

    private void lease(Pool<ScriptedConnector.Connection> pool, int millis) {
        try (Lease<ScriptedConnector.Connection> lease = pool.acquire()) {
            assertThat(lease.isOpen()).isTrue();
            ticker.advance(Duration.ofMillis(millis));
        }
    }

    @Test
    void ofManyLeasesAfterOneAnotherTheFirstAfterEachPassIsHeardOf() {
        Pool<ScriptedConnector.Connection> pool = open(1);
        events.subscribeToLeases(listener(false));
        lease(pool, 3);
        lease(pool, 5);
        lease(pool, 7);
        assertThat(held).containsExactly(3_000_000L);
        environment.tick();
        lease(pool, 11);
        lease(pool, 13);
        assertThat(held).containsExactly(3_000_000L, 11_000_000L);
    }

    @Test
    void whoWantsEveryLeaseHearsOfEveryLeaseFromTheNextPassOn() {
        Pool<ScriptedConnector.Connection> pool = open(1);
        EventStream.Subscription subscription = events.subscribeToLeases(listener(true));
        environment.tick();
        lease(pool, 3);
        lease(pool, 5);
        lease(pool, 7);
        assertThat(held).containsExactly(3_000_000L, 5_000_000L, 7_000_000L);
        subscription.close();
        environment.tick();
        lease(pool, 9);
        assertThat(held).hasSize(3);
        assertThat(events.listeners()).isZero();
    }

    @Test
    void timesAreNotedWhereNobodyWantsStacks() {
        Pool<ScriptedConnector.Connection> pool = open(1);
        pool.reconfigure(now -> now.toBuilder().leakStacks(LeakStacks.OFF).build());
        events.subscribeToLeases(listener(false));
        environment.tick();
        lease(pool, 3);
        assertThat(held).containsExactly(3_000_000L);
    }

    @Test
    void aLeaseThatIsClaimedOrRetiredIsHeardOfToo() {
        Pool<ScriptedConnector.Connection> pool = open(1);
        events.subscribeToLeases(listener(true));
        environment.tick();
        Slot<ScriptedConnector.Connection> claimed = pool.lease();
        ticker.advance(Duration.ofMillis(2));
        assertThat(pool.claim(claimed, claimed.word())).isTrue();
        pool.giveBackClaimed(claimed);
        Slot<ScriptedConnector.Connection> retired = pool.lease();
        ticker.advance(Duration.ofMillis(4));
        assertThat(pool.retire(retired, retired.word(), CloseReason.BROKEN)).isTrue();
        assertThat(held).containsExactly(2_000_000L, 4_000_000L);
    }

    @Test
    void aMarkedLeaseKeepsItsNoteUntilItIsClaimed() {
        Pool<ScriptedConnector.Connection> pool = open(1);
        events.subscribeToLeases(listener(true));
        environment.tick();
        Slot<ScriptedConnector.Connection> slot = pool.lease();
        pool.evict(Eviction.SOFT);
        ticker.advance(Duration.ofMillis(6));
        assertThat(pool.giveBack(slot, slot.word())).isTrue();
        assertThat(held).containsExactly(6_000_000L);
    }

    @Test
    void aRequestThatHadToWaitIsHeardOf() {
        Pool<ScriptedConnector.Connection> pool = open(1);
        events.subscribeToLeases(listener(false));
        Lease<ScriptedConnector.Connection> first = pool.acquire();
        CompletableFuture<Lease<ScriptedConnector.Connection>> second =
                pool.acquireAsync(Duration.ofSeconds(5)).toCompletableFuture();
        ticker.advance(Duration.ofMillis(8));
        first.close();
        second.join().close();
        assertThat(waited).containsExactly(8_000_000L);
    }

    @Test
    void aListenerThatThrowsIsCountedAndNotFelt() {
        Pool<ScriptedConnector.Connection> pool = open(1);
        events.subscribeToLeases(new LeaseListener() {
            @Override
            public void waited(String name, int slot, long nanos) {
                throw new IllegalStateException();
            }

            @Override
            public void leaseEnded(String name, int slot, long nanos) {
                throw new IllegalStateException();
            }
        });
        lease(pool, 1);
        assertThat(events.listenerFailures()).isEqualTo(1);
        assertThat(pool.inUse()).isZero();
    }

    @Test
    void everyStepOfAConnectionsLifeIsAnEvent() {
        List<Class<?>> steps = new ArrayList<>();
        events.subscribe(event -> steps.add(event.getClass()));
        Pool<ScriptedConnector.Connection> pool = open(2);
        ticker.advance(Duration.ofSeconds(31));
        environment.tick();
        ticker.advance(Duration.ofSeconds(31));
        environment.tick();
        pool.evict(Eviction.SOFT);
        assertThat(steps)
                .containsSubsequence(
                        PoolEvent.Granted.class,
                        PoolEvent.ConnectionOpened.class,
                        PoolEvent.ConnectionChecked.class,
                        PoolEvent.ConnectionRetired.class,
                        PoolEvent.ConnectionClosed.class);
    }
}
