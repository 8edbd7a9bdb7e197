package dev.weir.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.AccountSnapshot;
import dev.weir.budget.MemoryBudget;
import dev.weir.event.EventStream;
import dev.weir.pool.ScriptedConnector.Connection;
import dev.weir.time.ManualTicker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pools that are paid from one account: floor, weight and ceiling are theirs together. */
class SharedAccountTest {

    private static final long EACH = 100;

    private final ManualTicker ticker = new ManualTicker();
    private final MemoryBudget budget = MemoryBudget.ofBytes(10 * EACH);
    private final PoolEnvironment all = PoolEnvironment.manual(ticker, new EventStream(), budget, Runnable::run);
    private final PoolEnvironment group = all.sharingAccount("group", 2 * EACH, 3, 4 * EACH);

    private Pool<Connection> open(String name, PoolEnvironment environment) {
        return Pool.open(
                name,
                new ScriptedConnector(),
                PoolSettings.shared().toBuilder().min(0).max(8).failFastAfter(0).build(),
                environment);
    }

    @Test
    void theGroupHasOneAccountWhileAPoolIsInIt() {
        assertThat(budget.accounts()).isEmpty();
        Pool<?> a = open("a", group);
        Pool<?> b = open("b", group);
        assertThat(budget.accounts()).singleElement().satisfies(account -> {
            assertThat(account.name()).isEqualTo("group");
            assertThat(account.floorBytes()).isEqualTo(2 * EACH);
            assertThat(account.weight()).isEqualTo(3);
        });
        a.dispose();
        assertThat(budget.accounts()).hasSize(1);
        b.dispose();
        assertThat(budget.accounts()).isEmpty();
        open("c", group).dispose();
        assertThat(budget.accounts()).isEmpty();
    }

    @Test
    void theCeilingHoldsForThePoolsTogether() {
        Pool<Connection> a = open("a", group);
        Pool<Connection> b = open("b", group);
        for (int i = 0; i < 2; i++) {
            a.acquire();
            b.acquire();
        }
        assertThat(granted()).isEqualTo(4 * EACH);
        assertThat(a.acquireAsync(Duration.ofSeconds(1)).toCompletableFuture()).isNotDone();
        assertThat(granted()).isEqualTo(4 * EACH);
    }

    @Test
    void theColdestConnectionOfTheGroupGoesFirst() {
        Pool<Connection> a = open("a", group);
        Pool<Connection> b = open("b", group);
        a.acquire().close();
        all.tick();
        ticker.advance(Duration.ofMillis(300));
        b.acquire().close();
        all.tick();
        ticker.advance(Duration.ofMillis(100));
        SharedAccount account = new SharedAccount(budget, "both", 0, 1, 8 * EACH);
        account.join(a.supply());
        account.join(b.supply());
        assertThat(account.coldestIdleNanos()).isEqualTo(a.supply().coldestIdleNanos());
        assertThat(a.supply().coldestIdleNanos()).isGreaterThan(b.supply().coldestIdleNanos());
        assertThat(account.reclaimOne()).isTrue();
        assertThat(a.snapshot().size()).isZero();
        assertThat(b.snapshot().size()).isEqualTo(1);
        assertThat(account.reclaimOne()).isTrue();
        assertThat(account.reclaimOne()).isFalse();
        assertThat(account.coldestIdleNanos()).isNegative();
    }

    @Test
    void connectionsAtWorkAreGivenUpByTheMembersInTurn() {
        Pool<Connection> a = open("a", group);
        Pool<Connection> b = open("b", group);
        SharedAccount account = new SharedAccount(budget, "both", 0, 1, 8 * EACH);
        account.join(a.supply());
        account.join(b.supply());
        assertThat(account.reclaimOnReturn()).as("nothing of theirs is at work").isFalse();
        Lease<Connection> one = a.acquire();
        Lease<Connection> two = b.acquire();
        assertThat(account.reclaimOnReturn()).isTrue();
        assertThat(account.reclaimOnReturn()).isTrue();
        assertThat(account.reclaimOnReturn()).as("both are to go").isFalse();
        one.close();
        two.close();
    }

    @Test
    void aLoweredLimitCallsConnectionsOfTheGroupBack() {
        Pool<Connection> a = open("a", group);
        Pool<Connection> b = open("b", group);
        for (Lease<Connection> lease : List.of(a.acquire(), a.acquire(), b.acquire(), b.acquire())) {
            lease.close();
        }
        all.tick();
        budget.limit(3 * EACH);
        assertThat(a.snapshot().size() + b.snapshot().size()).isEqualTo(3);
    }

    @Test
    void newSettingsOfOnePoolLeaveTheGroupsTermsAlone() {
        Pool<?> a = open("a", group);
        a.reconfigure(settings ->
                settings.toBuilder().budgetFloor(5 * EACH).budgetWeight(9).build());
        AccountSnapshot account = budget.accounts().get(0);
        assertThat(account.floorBytes()).isEqualTo(2 * EACH);
        assertThat(account.weight()).isEqualTo(3);
    }

    private long granted() {
        return budget.accounts().stream()
                .mapToLong(AccountSnapshot::grantedBytes)
                .sum();
    }
}
