package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Accounts that others once kept from ever being served. */
class StarvationTest {

    private final MemoryBudget budget = MemoryBudget.ofBytes(40);

    private Tenant tenant(String name) {
        Tenant tenant = new Tenant(budget, name, 0, 1, Long.MAX_VALUE);
        tenant.endsOnReturn = true;
        return tenant;
    }

    private static void want(Tenant tenant) {
        tenant.wanted.add(10L);
        tenant.grantAvailable();
    }

    private static void fill(Tenant tenant) {
        while (tenant.ask(10)) {
            assertThat(tenant.leased).hasSizeLessThanOrEqualTo(4);
        }
    }

    @Test
    void aHotAccountThatNeverRestsStarvesNobody() {
        Tenant hot = tenant("hot");
        fill(hot);
        Tenant other = tenant("other");
        want(other);
        assertThat(other.leased).isEmpty();
        hot.giveBackOne();
        assertThat(other.leased).containsExactly(10L);
        assertThat(hot.leased).hasSize(3);
    }

    @Test
    void aCallBackOfAConnectionAtWorkCountsOnce() {
        Tenant hot = tenant("hot");
        fill(hot);
        Tenant other = tenant("other");
        for (int i = 0; i < 10; i++) {
            other.ask(10);
            hot.ask(10);
        }
        assertThat(hot.doomed).isEqualTo(1);
        assertThat(hot.account.snapshot().reclaims()).isEqualTo(1);
    }

    @Test
    void aConnectionThatStaysAwayIsNotCountedOnForever() {
        Tenant hot = tenant("hot");
        fill(hot);
        Tenant other = tenant("other");
        want(other);
        assertThat(hot.doomed).isEqualTo(1);
        budget.review();
        assertThat(hot.doomed).as("the first has not come back, so another one").isEqualTo(2);
        hot.giveBackOne();
        assertThat(other.leased).hasSize(1);
        budget.review();
        assertThat(hot.doomed).as("nobody waits any more").isEqualTo(1);
    }

    @Test
    void whoIsFarthestOverItsShareGivesUpAConnectionAtWork() {
        Tenant little = tenant("little");
        Tenant much = tenant("much");
        little.ask(10);
        fill(much);
        want(tenant("other"));
        assertThat(little.doomed).isZero();
        assertThat(much.doomed).isEqualTo(1);
    }

    @Test
    void aFloorIsKeptFromThoseWhoWait() {
        Tenant keeper = new Tenant(budget, "keeper", 40, 1, Long.MAX_VALUE);
        keeper.endsOnReturn = true;
        fill(keeper);
        want(tenant("other"));
        budget.review();
        assertThat(keeper.doomed).isZero();
    }

    @Test
    void moreAccountsThanConnectionsHaveTheirTurns() {
        List<Tenant> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            all.add(tenant("t" + i));
            want(all.get(i));
        }
        boolean[] served = new boolean[12];
        for (int turn = 0; turn < 3; turn++) {
            for (int i = 0; i < 12; i++) {
                served[i] |= all.get(i).held() > 0;
            }
            budget.review();
            all.forEach(Tenant::giveBackOne);
        }
        assertThat(served).doesNotContain(false);
    }

    @Test
    void theTurnPassesAtReviewsOnly() {
        for (int i = 0; i < 4; i++) {
            Tenant holder = tenant("holder" + i);
            holder.ask(10);
            holder.rest();
        }
        Tenant late = tenant("late");
        want(late);
        late.grantAvailable();
        assertThat(late.leased).isEmpty();
        budget.review();
        assertThat(late.leased).containsExactly(10L);
    }

    @Test
    void aConnectionThatRestedDoesNotWaitForTheReview() {
        Tenant busy = tenant("busy");
        busy.ask(10);
        busy.rest();
        Tenant cold = tenant("cold");
        cold.ask(10);
        cold.rest();
        cold.idleNanos = 100_000_000;
        for (int i = 0; i < 2; i++) {
            tenant("holder" + i).ask(10);
        }
        Tenant late = tenant("late");
        want(late);
        assertThat(late.leased).containsExactly(10L);
        assertThat(cold.held()).isZero();
        Tenant later = tenant("later");
        want(later);
        assertThat(later.leased).as("nothing has rested").isEmpty();
        assertThat(busy.held()).isEqualTo(10);
    }

    @Test
    void whatIsFreedIsNotTakenFromThoseWhoHoldNothing() {
        Tenant hot = tenant("hot");
        fill(hot);
        hot.endsOnReturn = false;
        for (int i = 0; i < 3; i++) {
            want(tenant("other" + i));
        }
        AtomicReference<@Nullable Boolean> hotWasFaster = new AtomicReference<>();
        AtomicReference<@Nullable Account> asking = new AtomicReference<>();
        asking.set(budget.open("slow", 0, 1, Long.MAX_VALUE, new Reclaimer() {
            @Override
            public boolean reclaimOne() {
                return false;
            }

            @Override
            public long coldestIdleNanos() {
                return -1;
            }

            @Override
            public void grantAvailable() {
                hotWasFaster.set(hot.ask(10));
                Objects.requireNonNull(asking.get()).tryGrant(10);
            }
        }));
        Account slow = Objects.requireNonNull(asking.get());
        assertThat(slow.tryGrant(10)).isFalse();
        for (int i = 0; i < 3; i++) {
            hot.endOneLeased();
        }
        assertThat(slow.grantedBytes()).isZero();
        budget.limit(50);
        assertThat(hotWasFaster.get()).isFalse();
        assertThat(slow.grantedBytes()).isEqualTo(10);
    }

    @Test
    void whatIsFreedIsOfferedToTheOneThatHoldsLeastNotToTheOneOpenedFirst() {
        Tenant first = tenant("first");
        Tenant hot = tenant("hot");
        Tenant last = tenant("last");
        first.ask(10);
        fill(hot);
        want(first);
        want(last);
        hot.endsOnReturn = false;
        hot.endOneLeased();
        assertThat(last.leased).hasSize(1);
        assertThat(first.leased).hasSize(1);
    }

    @Test
    void amongEqualsTheOldestDemandIsMetFirst() {
        Tenant hot = tenant("hot");
        fill(hot);
        Tenant late = tenant("opened first, asks last");
        Tenant early = tenant("opened last, asks first");
        want(early);
        want(late);
        hot.endOneLeased();
        assertThat(early.leased).hasSize(1);
        assertThat(late.leased).isEmpty();
    }

    @Test
    void aReviewAsksEachOfAThousandOnce() {
        Tenant hot = tenant("hot");
        hot.endsOnReturn = false;
        fill(hot);
        List<Tenant> all = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            Tenant tenant = tenant("t" + i);
            tenant.ask(10);
            tenant.wanted.add(10L);
            all.add(tenant);
        }
        budget.review();
        assertThat(all).allSatisfy(tenant -> assertThat(tenant.told).isEqualTo(1));
    }
}
