package dev.weir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.budget.Account;
import dev.weir.budget.MemoryBudget;
import dev.weir.budget.Reclaimer;
import dev.weir.event.EventStream;
import dev.weir.pool.AcquireException;
import dev.weir.pool.PoolEnvironment;
import dev.weir.pool.PoolSnapshot;
import dev.weir.pool.Slot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Permits of several origins under one total and one account; each is estimated at {@link #BYTES}. */
class RoutePoolsTest {

    private static final ConnectionBytes SIZES = new ConnectionBytes(8192);
    private static final long BYTES = SIZES.estimate(false);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final MemoryBudget budget = MemoryBudget.ofBytes(10 * BYTES);
    private final PoolEnvironment environment = PoolEnvironment.of(new EventStream(), budget);
    private final PermitKind kind = new PermitKind(SIZES, permits -> {});
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<RoutePools<Origin, Permit>> opened = new ArrayList<>();

    private RoutePools<Origin, Permit> open(WeirHttpBuilder builder) {
        RoutePools<Origin, Permit> pools = new RoutePools<>(builder.settings(), kind, environment);
        opened.add(pools);
        return pools;
    }

    private static WeirHttpBuilder builder() {
        return WeirHttp.builder().name("p").settings(s -> s.acquireTimeout(Duration.ofSeconds(5)));
    }

    private static Origin origin(int number) {
        return new Origin("http", "host" + number, 80);
    }

    private static void back(RoutePools<Origin, Permit> pools, Slot<Permit> slot) {
        pools.giveBack(slot, slot.word(), slot.connection());
    }

    @AfterEach
    void nothingIsLeft() {
        threads.shutdownNow();
        opened.forEach(pools -> new PoolEnd(pools, null).run(Duration.ZERO));
        await().untilAsserted(() -> {
            assertThat(budget.grantedBytes()).isZero();
            assertThat(budget.accounts()).isEmpty();
        });
        assertThat(kind.permits()).isZero();
    }

    @Test
    void allRoutesArePaidFromOneAccount() {
        RoutePools<Origin, Permit> pools = open(builder());
        Slot<Permit> one = pools.lease(origin(1), SECOND);
        Slot<Permit> two = pools.lease(origin(2), SECOND);
        assertThat(budget.accounts()).hasSize(1);
        assertThat(budget.grantedBytes()).isEqualTo(2 * BYTES);
        assertThat(pools.snapshot().leased()).isEqualTo(2);
        assertThat(pools.snapshot().grantedBytes()).isEqualTo(2 * BYTES);
        back(pools, one);
        back(pools, two);
        assertThat(pools.snapshot().idle()).isEqualTo(2);
    }

    @Test
    void anIdleConnectionOfOneRouteMakesRoomForAnother() {
        RoutePools<Origin, Permit> pools =
                open(builder().settings(s -> s.max(3)).maxTotal(3));
        List<Slot<Permit>> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.add(pools.lease(origin(1), SECOND));
        }
        all.forEach(slot -> back(pools, slot));
        Slot<Permit> other = pools.lease(origin(2), 4 * SECOND);
        assertThat(pools.snapshot().size()).isLessThanOrEqualTo(3);
        back(pools, other);
    }

    @Test
    void aRouteThatKeepsAllConnectionsAtWorkGivesOthersTheirShare() throws Exception {
        RoutePools<Origin, Permit> pools =
                open(builder().settings(s -> s.max(4).maxWaiters(1000)).maxTotal(4));
        AtomicLong hot = new AtomicLong();
        AtomicLong others = new AtomicLong();
        List<Future<?>> users = new ArrayList<>();
        for (int user = 0; user < 12; user++) {
            users.add(threads.submit(() -> {
                while (others.get() < 1_000) {
                    work(pools, origin(0), hot);
                }
            }));
        }
        await().until(() -> hot.get() > 100);
        for (int user = 0; user < 8; user++) {
            Origin origin = origin(1 + user % 2);
            users.add(threads.submit(() -> {
                while (others.get() < 1_000) {
                    work(pools, origin, others);
                }
            }));
        }
        for (Future<?> user : users) {
            user.get(60, TimeUnit.SECONDS); // nobody waited for ten seconds
        }
        assertThat(budget.grantedBytes()).isLessThanOrEqualTo(4 * BYTES);
    }

    @Test
    void moreRoutesThanConnectionsTakeTurns() throws Exception {
        RoutePools<Origin, Permit> pools = open(builder()
                .settings(s -> s.max(2).acquireTimeout(Duration.ofSeconds(10)))
                .maxTotal(2));
        for (int i = 0; i < 6; i++) {
            back(pools, pools.lease(origin(i), 5 * SECOND)); // the others' are idle
        }
        List<AtomicLong> done = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            done.add(new AtomicLong());
        }
        List<Future<?>> users = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int route = i;
            users.add(threads.submit(
                    () -> { // and now they are always at work
                        while (!done.stream().allMatch(count -> count.get() > 20)) {
                            work(pools, origin(route), done.get(route));
                        }
                    }));
        }
        for (Future<?> user : users) {
            user.get(60, TimeUnit.SECONDS);
        }
    }

    private static void work(RoutePools<Origin, Permit> pools, Origin origin, AtomicLong done) {
        Slot<Permit> slot = pools.lease(origin, 10 * SECOND);
        LockSupport.parkNanos(100_000);
        back(pools, slot);
        done.incrementAndGet();
    }

    @Test
    void aRouteAtRestMakesRoomForANewOneAndOneAtWorkDoesNot() {
        RoutePools<Origin, Permit> pools = open(builder().maxRoutes(2));
        Slot<Permit> held = pools.lease(origin(1), SECOND);
        back(pools, pools.lease(origin(2), SECOND));
        back(pools, pools.lease(origin(3), SECOND));
        assertThat(pools.routes()).containsExactlyInAnyOrder(origin(1), origin(3));
        Slot<Permit> third = pools.lease(origin(3), SECOND);
        assertThatThrownBy(() -> pools.lease(origin(4), SECOND))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("2 routes at work")
                .hasMessageContaining("maxRoutes");
        back(pools, held);
        back(pools, third);
        await().untilAsserted(
                        () -> assertThat(pools.snapshot().totals().leases()).isEqualTo(4));
    }

    @Test
    void manyRoutesComeAndGoUnderLoad() throws Exception {
        RoutePools<Origin, Permit> pools =
                open(builder().maxRoutes(5).maxTotal(10).settings(s -> s.max(2).maxWaiters(1000)));
        List<Future<?>> users = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int user = i;
            users.add(threads.submit(() -> {
                for (int j = 0; j < 500; j++) {
                    Slot<Permit> slot = pools.lease(origin((user * 31 + j * 7) % 20), 5 * SECOND);
                    assertThat(pools.routes().size()).isLessThanOrEqualTo(5);
                    back(pools, slot);
                }
            }));
        }
        for (Future<?> user : users) {
            user.get(60, TimeUnit.SECONDS);
        }
        await().untilAsserted(
                        () -> assertThat(pools.snapshot().totals().leases()).isEqualTo(2000));
        assertThat(budget.grantedBytes()).isLessThanOrEqualTo(10 * BYTES);
    }

    @Test
    void withoutRoomInTheBudgetARequestWaitsAndGetsItWhenThereIs() throws Exception {
        RoutePools<Origin, Permit> pools = open(builder());
        Account other = budget.open("other", 0, 1, Long.MAX_VALUE, new Holder());
        assertThat(other.tryGrant(10 * BYTES)).isTrue();
        assertThatThrownBy(() -> pools.lease(origin(1), SECOND / 5))
                .isInstanceOf(AcquireException.class)
                .hasMessageContaining("memory budget has no room");
        Future<Slot<Permit>> waiting = threads.submit(() -> pools.lease(origin(1), 5 * SECOND));
        await().until(() -> pools.snapshot().waiting() == 1);
        other.release(10 * BYTES);
        other.close();
        back(pools, waiting.get(2, TimeUnit.SECONDS));
    }

    @Test
    void theBudgetCallsBackTheColdestIdleOneOverAllRoutes() {
        RoutePools<Origin, Permit> pools = open(builder());
        for (int i = 0; i < 5; i++) {
            Origin origin = origin(i);
            Slot<Permit> first = pools.lease(origin, SECOND);
            Slot<Permit> second = pools.lease(origin, SECOND);
            back(pools, first);
            back(pools, second);
        }
        assertThat(budget.grantedBytes()).isEqualTo(10 * BYTES);
        Account other = budget.open("other", 0, 1, Long.MAX_VALUE, new Holder());
        await().until(() -> other.tryGrant(4 * BYTES));
        await().untilAsserted(() -> assertThat(pools.snapshot().size()).isEqualTo(6));
        other.release(4 * BYTES);
        other.close();
    }

    @Test
    void requestsForANewRouteAreRefusedAfterTheEnd() {
        RoutePools<Origin, Permit> pools = open(builder());
        back(pools, pools.lease(origin(1), SECOND));
        pools.refuse();
        assertThatThrownBy(() -> pools.lease(origin(1), SECOND))
                .isInstanceOfSatisfying(
                        AcquireException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(AcquireException.Reason.SHUT_DOWN));
        assertThatThrownBy(() -> pools.lease(origin(2), SECOND))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("shut down");
    }

    @Test
    void settingsChangeWhileItRuns() {
        RoutePools<Origin, Permit> pools = open(builder().settings(s -> s.max(2)));
        back(pools, pools.lease(origin(1), SECOND));
        pools.maxOf(origin(1), 1);
        pools.reconfigure(pools.settings().toBuilder().max(4).build());
        assertThat(pools.routeSnapshots()).extracting(PoolSnapshot::max).containsExactly(1);
        pools.maxOf(origin(1), -1);
        assertThat(pools.routeSnapshots()).extracting(PoolSnapshot::max).containsExactly(4);
        pools.maxTotal(7);
        assertThat(pools.snapshot().max()).isEqualTo(7);
    }

    /** Holds on to what it has. */
    private static final class Holder implements Reclaimer {
        @Override
        public boolean reclaimOne() {
            return false;
        }

        @Override
        public long coldestIdleNanos() {
            return -1;
        }

        @Override
        public void grantAvailable() {}
    }
}
