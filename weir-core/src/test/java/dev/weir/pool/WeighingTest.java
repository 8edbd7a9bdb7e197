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

/** Connections of a pool are weighed, its grants follow, and the bloated are retired. */
class WeighingTest {

    private static final long MB = 1 << 20;

    private final ManualTicker time = new ManualTicker();
    private final EventStream events = new EventStream();
    private final MemoryBudget budget = MemoryBudget.unlimited();
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
    private final List<PoolEvent.ConnectionBloated> bloated = new ArrayList<>();
    private final Pool<Connection> pool = Pool.open(
            "weighed",
            connector,
            PoolSettings.shared().toBuilder()
                    .min(0)
                    .max(5)
                    .idleTimeout(Duration.ZERO)
                    .maxLifetime(Duration.ZERO)
                    .healthCheckInterval(Duration.ZERO)
                    .checkAfterRest(Duration.ofHours(1))
                    .build(),
            environment);

    private final EventStream.Subscription listening = events.subscribe(event -> {
        if (event instanceof PoolEvent.ConnectionBloated one) {
            bloated.add(one);
        }
    });

    @AfterEach
    void nothingIsLeft() {
        listening.close();
        runWork();
        pool.refuse();
        pool.failWaiters();
        pool.abortLeased();
        pool.dispose();
        assertThat(budget.grantedBytes()).isZero();
        assertThat(connector.open).isEmpty();
    }

    private void runWork() {
        workAtOnce = true;
        while (!work.isEmpty()) {
            work.remove().run();
        }
    }

    private List<Lease<Connection>> fill(int connections) {
        List<Lease<Connection>> leases = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            leases.add(pool.acquire());
        }
        return leases;
    }

    private void pass(Duration later) {
        time.advance(later);
        environment.tick();
    }

    private static MemoryWatch.Builder watch() {
        return MemoryWatch.builder().interval(Duration.ofSeconds(10)).bloatPause(Duration.ofSeconds(20));
    }

    @Test
    void nothingIsWeighedUnlessSomebodyWatches() {
        connector.serverBytes = connection -> MB;
        fill(3).forEach(Lease::close);
        pass(Duration.ofMinutes(5));
        assertThat(connector.weighed).hasValue(0);
        assertThat(pool.weights()).isEmpty();
    }

    @Test
    void eachIdleConnectionIsWeighedOnceAnIntervalAndAFewAtATime() {
        connector.serverBytes = connection -> connection.number * MB;
        fill(5).forEach(Lease::close);
        pool.watchMemory(watch().perPass(2).build());
        pass(Duration.ofSeconds(1));
        assertThat(connector.weighed).hasValue(2);
        pass(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(1));
        assertThat(connector.weighed).hasValue(5);
        assertThat(pool.weights())
                .extracting(one -> one.weight().serverBytes())
                .containsExactly(MB, 2 * MB, 3 * MB, 4 * MB, 5 * MB);
        pass(Duration.ofSeconds(10));
        assertThat(connector.weighed).hasValue(7);
    }

    @Test
    void aRestedConnectionIsWeighedAndStillCheckedBeforeItIsLent() {
        connector.serverBytes = connection -> MB;
        pool.reconfigure(
                now -> now.toBuilder().checkAfterRest(Duration.ofMillis(500)).build());
        fill(1).forEach(Lease::close);
        environment.tick();
        pass(Duration.ofSeconds(2));
        pool.watchMemory(watch().build());
        pass(Duration.ofSeconds(2));
        assertThat(pool.weights()).hasSize(1);
        assertThat(connector.checked).hasValue(0);
        pool.acquire().close();
        assertThat(connector.checked).hasValue(1);
    }

    @Test
    void theLastIdleConnectionOfABusyPoolIsLeftAlone() {
        connector.serverBytes = connection -> MB;
        fill(2).get(0).close();
        pool.watchMemory(watch().build());
        pass(Duration.ofMillis(250));
        pass(Duration.ofMillis(250));
        assertThat(connector.weighed).hasValue(0);
        pass(Duration.ofMillis(1000));
        assertThat(connector.weighed)
                .as("nobody borrows: it has rested for a second")
                .hasValue(1);
    }

    @Test
    void whileItIsWeighedARequestWaitsForItAndNothingIsWeighedWhileRequestsWait() {
        connector.serverBytes = connection -> MB;
        List<Lease<Connection>> leases = fill(5);
        leases.get(0).close();
        pool.watchMemory(watch().build());
        environment.tick();
        workAtOnce = false;
        pass(Duration.ofSeconds(2));
        assertThat(work).hasSize(1);
        CompletableFuture<Lease<Connection>> asked =
                pool.acquireAsync(Duration.ofSeconds(5)).toCompletableFuture();
        assertThat(asked).isNotDone();
        runWork();
        assertThat(asked).isCompleted();
        CompletableFuture<Lease<Connection>> second =
                pool.acquireAsync(Duration.ofSeconds(60)).toCompletableFuture();
        int before = connector.weighed.get();
        pass(Duration.ofSeconds(20));
        assertThat(connector.weighed).hasValue(before);
        leases.get(1).close();
        assertThat(second).isCompleted();
    }

    @Test
    void aConnectionThatCannotBeWeighedIsCheckedAndGoesIfItIsUnfit() {
        connector.serverBytes = connection -> {
            throw new IllegalStateException("gone");
        };
        fill(1).forEach(Lease::close);
        pool.watchMemory(watch().build());
        environment.tick();
        pass(Duration.ofSeconds(2));
        assertThat(pool.weights()).singleElement().satisfies(one -> {
            assertThat(one.weight().isKnown()).isFalse();
            assertThat(one.weight().how()).contains("IllegalStateException");
        });
        connector.open.forEach(connection -> connection.fit = false);
        pass(Duration.ofSeconds(11));
        assertThat(pool.snapshot().size()).isZero();
        assertThat(pool.weights()).isEmpty();
    }

    @Test
    void grantsFollowWhatTheServerHoldsInSteps() {
        connector.bytes = 64 << 10;
        connector.serverBytes = connection -> 8 * MB;
        fill(1).forEach(Lease::close);
        pool.watchMemory(watch().chargeServer(true).build());
        environment.tick();
        long before = budget.grantedBytes();
        for (int i = 0; i < 12; i++) {
            pass(Duration.ofSeconds(11));
            assertThat(budget.grantedBytes()).isBetween(before, 2 * before);
            before = budget.grantedBytes();
        }
        assertThat(before).isBetween(8 * MB * 15 / 16, 8 * MB + (64 << 10));
        connector.serverBytes = connection -> 0;
        for (int i = 0; i < 20; i++) {
            pass(Duration.ofSeconds(11));
            assertThat(budget.grantedBytes()).isBetween(before / 2, before);
            before = budget.grantedBytes();
        }
        assertThat(before).as("never below half of the estimate").isGreaterThanOrEqualTo(32 << 10);
    }

    @Test
    void whatTheDriverHoldsIsMeasuredWhereSomebodyWeighsIt() {
        connector.serverBytes = connection -> MB;
        fill(2).forEach(Lease::close);
        List<Object> siblings = new ArrayList<>();
        pool.watchMemory(watch().driverWeigher((connection, sibling) -> {
                    siblings.add(sibling == null ? "none" : sibling);
                    return 200;
                })
                .build());
        pass(Duration.ofSeconds(2));
        pass(Duration.ofSeconds(2));
        assertThat(pool.measuredConnections()).isEqualTo(new ManagedPool.MeasuredConnections(2, 400));
        assertThat(siblings).hasSize(2).doesNotContain("none");
        assertThat(budget.grantedBytes()).as("half of the way to 200 each").isEqualTo(300);
    }

    @Test
    void theBloatedGoesAfterAnotherWasOpenedAndOneAtATime() {
        connector.serverBytes = connection -> connection.number <= 2 ? 100 * MB : MB;
        fill(3).forEach(Lease::close);
        pool.watchMemory(watch().perPass(5).build());
        workAtOnce = false;
        environment.tick();
        assertThat(work).as("two of three are weighed").hasSize(2);
        work.remove().run();
        work.remove().run();
        pass(Duration.ofMillis(250));
        assertThat(pool.snapshot().opening()).isEqualTo(1);
        assertThat(bloated).as("another one is opened first").isEmpty();
        runWork();
        pass(Duration.ofMillis(250));
        assertThat(bloated).singleElement().satisfies(one -> {
            assertThat(one.bytes()).isEqualTo(100 * MB);
            assertThat(one.limitBytes()).isEqualTo(64 * MB);
            assertThat(one.why()).contains("104,857,600").contains("67,108,864");
        });
        assertThat(pool.snapshot().size()).isEqualTo(3);
        pass(Duration.ofSeconds(10));
        pass(Duration.ofMillis(250));
        assertThat(bloated).as("the pause").hasSize(1);
        pass(Duration.ofSeconds(11));
        pass(Duration.ofMillis(250));
        assertThat(bloated).hasSize(2);
        pass(Duration.ofMinutes(1));
        pass(Duration.ofMillis(250));
        assertThat(bloated).hasSize(2);
        assertThat(connector.open)
                .allSatisfy(connection -> assertThat(connection.number).isGreaterThan(2));
    }

    @Test
    void aLeasedOneGoesWhenItReturns() {
        connector.serverBytes = connection -> 100 * MB;
        List<CloseReason> reasons = new ArrayList<>();
        events.subscribe(event -> {
            if (event instanceof PoolEvent.ConnectionClosed closed) {
                reasons.add(closed.reason());
            }
        });
        fill(1).forEach(Lease::close);
        pool.watchMemory(watch().build());
        environment.tick();
        workAtOnce = false;
        pass(Duration.ofSeconds(2));
        work.remove().run();
        Lease<Connection> lease = pool.acquire();
        pass(Duration.ofMillis(250));
        runWork();
        pass(Duration.ofMillis(250));
        assertThat(bloated).hasSize(1);
        assertThat(reasons).isEmpty();
        lease.close();
        assertThat(reasons).containsExactly(CloseReason.BLOATED);
    }

    @Test
    void aFullPoolLosesTheBloatedOnlyWhileItIsNotShort() {
        connector.serverBytes = connection -> 100 * MB;
        List<Lease<Connection>> leases = fill(5);
        leases.get(0).close();
        pool.watchMemory(watch().build());
        environment.tick();
        pass(Duration.ofSeconds(2));
        pass(Duration.ofMillis(250));
        assertThat(pool.weights()).hasSize(1);
        assertThat(bloated).as("it is the only idle one").isEmpty();
        leases.get(1).close();
        pass(Duration.ofMillis(250));
        assertThat(bloated).hasSize(1);
        assertThat(pool.snapshot().size()).isEqualTo(4);
    }

    @Test
    void theYoungestSeasonedConnectionIsTheMeasure() {
        connector.serverBytes = connection -> connection.number == 1 ? 50 * MB : 5 * MB;
        List<Lease<Connection>> leases = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            leases.addAll(fill(1));
            time.advance(Duration.ofSeconds(1));
        }
        leases.forEach(Lease::close);
        pool.watchMemory(watch().perPass(5).build());
        environment.tick();
        pass(Duration.ofMinutes(1));
        pass(Duration.ofSeconds(1));
        assertThat(bloated).as("none is seasoned").isEmpty();
        pass(Duration.ofMinutes(5));
        pass(Duration.ofSeconds(1));
        assertThat(bloated).singleElement().satisfies(one -> {
            assertThat(one.youngestBytes()).isEqualTo(5 * MB);
            assertThat(one.limitBytes()).isEqualTo(21 * MB);
        });
    }
}
