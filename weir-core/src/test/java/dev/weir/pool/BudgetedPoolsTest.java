package dev.weir.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.MemoryBudget;
import dev.weir.event.CloseReason;
import dev.weir.event.EventStream;
import dev.weir.event.PoolEvent;
import dev.weir.pool.ScriptedConnector.Connection;
import dev.weir.time.ManualTicker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two pools on one memory budget, with room for five connections of 100 bytes. */
class BudgetedPoolsTest {

    private final ManualTicker time = new ManualTicker();
    private final EventStream events = new EventStream();
    private final MemoryBudget budget = MemoryBudget.ofBytes(500);
    private final Deque<Runnable> work = new ArrayDeque<>();
    private boolean workAtOnce = true;
    private final PoolEnvironment environment = PoolEnvironment.manual(time, events, budget, task -> {
        if (workAtOnce) {
            task.run();
        } else {
            work.add(task);
        }
    });
    private final ScriptedConnector connector = new ScriptedConnector();
    private final List<Pool<Connection>> pools = new ArrayList<>();
    private final List<PoolEvent> seen = new ArrayList<>();

    private Pool<Connection> open(String name, PoolSettings.Builder settings) {
        Pool<Connection> pool = Pool.open(name, connector, settings.build(), environment);
        pools.add(pool);
        return pool;
    }

    private static PoolSettings.Builder settings() {
        return PoolSettings.shared().toBuilder().min(0).max(5);
    }

    private static List<Lease<Connection>> fill(Pool<Connection> pool, int connections) {
        List<Lease<Connection>> leases = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            leases.add(pool.acquire());
        }
        return leases;
    }

    private CompletableFuture<Lease<Connection>> ask(Pool<Connection> pool) {
        return pool.acquireAsync(Duration.ofSeconds(5)).toCompletableFuture();
    }

    @AfterEach
    void everythingIsReturnedAtTheEnd() {
        workAtOnce = true;
        while (!work.isEmpty()) {
            work.remove().run();
        }
        for (Pool<Connection> pool : pools) {
            pool.refuse();
            pool.failWaiters();
            pool.abortLeased();
            pool.dispose();
        }
        assertThat(budget.grantedBytes()).isZero();
        assertThat(budget.accounts()).isEmpty();
        assertThat(connector.open).isEmpty();
    }

    @Test
    void idleConnectionsOfOneMakeRoomForTheOther() {
        events.subscribe(seen::add);
        Pool<Connection> greedy = open("greedy", settings());
        fill(greedy, 5).forEach(Lease::close);
        Pool<Connection> modest = open("modest", settings());
        assertThat(ask(modest)).isCompleted();
        assertThat(greedy.snapshot().idle()).isEqualTo(4);
        assertThat(seen)
                .filteredOn(PoolEvent.ConnectionClosed.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        PoolEvent.ConnectionClosed.class,
                        closed -> assertThat(closed.reason()).isEqualTo(CloseReason.RECLAIMED));
    }

    @Test
    void roomThatIsMadeLaterReachesTheWaiter() {
        Pool<Connection> greedy = open("greedy", settings());
        fill(greedy, 5).forEach(Lease::close);
        Pool<Connection> modest = open("modest", settings());
        workAtOnce = false;
        CompletableFuture<Lease<Connection>> lease = ask(modest);
        assertThat(lease).isNotDone();
        assertThat(work).as("one connection being closed").hasSize(1);
        workAtOnce = true;
        work.remove().run();
        assertThat(lease).isCompleted();
    }

    @Test
    void aHotPoolWhoseConnectionsNeverRestStarvesNobody() {
        events.subscribe(seen::add);
        Pool<Connection> hot = open("hot", settings());
        List<Lease<Connection>> leases = fill(hot, 5);
        List<CompletableFuture<Lease<Connection>>> queued = List.of(ask(hot), ask(hot), ask(hot));
        Pool<Connection> other = open("other", settings());
        CompletableFuture<Lease<Connection>> lease = ask(other);
        assertThat(lease).isNotDone();
        leases.forEach(Lease::close);
        assertThat(lease)
                .as("served as a connection came back, though others waited for it")
                .isCompleted();
        assertThat(queued).allSatisfy(one -> assertThat(one).isCompleted());
        assertThat(hot.snapshot().size()).isEqualTo(4);
        assertThat(seen)
                .filteredOn(PoolEvent.ConnectionClosed.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        PoolEvent.ConnectionClosed.class,
                        closed -> assertThat(closed.reason()).isEqualTo(CloseReason.RECLAIMED));
    }

    @Test
    void oneConnectionIsMarkedOnceHoweverOftenItIsAskedFor() {
        Pool<Connection> hot = open("hot", settings());
        List<Lease<Connection>> leases = fill(hot, 2);
        assertThat(hot.supply().reclaimOnReturn()).isTrue();
        assertThat(hot.supply().reclaimOnReturn()).isTrue();
        assertThat(hot.supply().reclaimOnReturn()).as("both are to go").isFalse();
        leases.forEach(Lease::close);
        assertThat(hot.snapshot().size()).isZero();
    }

    @Test
    void leasedConnectionsAreNotTakenAndGivingBackServesTheOther() {
        Pool<Connection> greedy = open("greedy", settings());
        List<Lease<Connection>> leases = fill(greedy, 5);
        Pool<Connection> modest = open("modest", settings());
        CompletableFuture<Lease<Connection>> lease = ask(modest);
        assertThat(lease).isNotDone();
        assertThat(budget.grantedBytes()).isEqualTo(500);
        leases.forEach(Lease::close);
        environment.tick();
        assertThat(lease).isCompleted();
        assertThat(greedy.snapshot().size()).isEqualTo(4);
    }

    @Test
    void neitherTakesMoreThanItsShareFromTheOther() {
        Pool<Connection> greedy = open("greedy", settings());
        fill(greedy, 5).forEach(Lease::close);
        Pool<Connection> modest = open("modest", settings());
        List<CompletableFuture<Lease<Connection>>> leases = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            leases.add(ask(modest));
            environment.tick();
        }
        assertThat(leases).filteredOn(CompletableFuture::isDone).hasSize(2);
        assertThat(greedy.snapshot().idle()).isEqualTo(3);
    }

    @Test
    void aFloorKeepsTheMinimumOpen() {
        Pool<Connection> keeper = open("keeper", settings().min(2).budgetFloor(200));
        fill(keeper, 5).forEach(Lease::close);
        Pool<Connection> heavy = open("heavy", settings().budgetWeight(100));
        for (int i = 0; i < 5; i++) {
            assertThat(ask(heavy).isDone()).isEqualTo(i < 2);
            environment.tick();
        }
        assertThat(heavy.snapshot().leased()).isEqualTo(2);
        assertThat(keeper.snapshot().idle()).isEqualTo(3);
    }

    @Test
    void whatIsMeasuredReplacesTheEstimate() {
        connector.measuredBytes = 150L;
        Pool<Connection> pool = open("pool", settings());
        fill(pool, 3).forEach(Lease::close);
        assertThat(budget.grantedBytes()).isEqualTo(450);
        assertThat(pool.measuredConnections()).isEqualTo(new ManagedPool.MeasuredConnections(3, 450));
        connector.measuredBytes = 120L;
        pool.endpointSuspect(null);
        fill(pool, 3).forEach(Lease::close);
        assertThat(budget.grantedBytes()).isEqualTo(360);
        connector.measuredBytes = -1L;
        assertThat(pool.measuredConnections()).isEqualTo(ManagedPool.MeasuredConnections.NONE);
    }
}
