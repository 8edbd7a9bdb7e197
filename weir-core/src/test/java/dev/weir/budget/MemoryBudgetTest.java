package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

    private static final long NO_CEILING = Long.MAX_VALUE;

    @Test
    void grantsUpToTheLimitAndNoFurther() {
        MemoryBudget budget = MemoryBudget.ofBytes(100);
        Tenant a = tenant(budget, "a");
        assertThat(a.ask(60)).isTrue();
        assertThat(a.ask(41)).isFalse();
        assertThat(a.ask(40)).isTrue();
        assertThat(budget.grantedBytes()).isEqualTo(100);
    }

    @Test
    void aFloorIsSetAsideEvenWhileUnused() {
        MemoryBudget budget = MemoryBudget.ofBytes(100);
        Tenant keeper = new Tenant(budget, "keeper", 30, 1, NO_CEILING);
        Tenant other = tenant(budget, "other");
        assertThat(other.ask(71)).isFalse();
        assertThat(other.ask(70)).isTrue();
        assertThat(keeper.ask(30)).isTrue();
        assertThat(keeper.ask(1)).isFalse();
    }

    @Test
    void aFloorThatDoesNotFitIsRefusedWithTheNumbers() {
        MemoryBudget budget = MemoryBudget.ofBytes(100);
        new Tenant(budget, "first", 80, 1, NO_CEILING);
        assertThatThrownBy(() -> new Tenant(budget, "second", 21, 1, NO_CEILING))
                .isInstanceOf(BudgetExceededException.class)
                .hasMessageContaining("second")
                .hasMessageContaining("limit is 100")
                .hasMessageContaining("80");
        assertThat(budget.accounts()).hasSize(1);
    }

    @Test
    void aCeilingHoldsAndIsNoDemand() {
        MemoryBudget budget = MemoryBudget.ofBytes(100);
        Tenant a = new Tenant(budget, "a", 0, 1, 50);
        assertThat(a.ask(51)).isFalse();
        assertThat(a.account.snapshot().demandBytes()).isZero();
        assertThat(a.ask(50)).isTrue();
    }

    @Test
    void anUnlimitedBudgetCountsAndNeverOverflows() {
        MemoryBudget budget = MemoryBudget.unlimited();
        Tenant a = tenant(budget, "a");
        Tenant b = tenant(budget, "b");
        assertThat(a.ask(Long.MAX_VALUE - 10)).isTrue();
        assertThat(b.ask(10)).isTrue();
        assertThat(b.ask(1)).isFalse();
        assertThat(a.ask(Long.MAX_VALUE)).isFalse();
        assertThat(budget.grantedBytes()).isEqualTo(Long.MAX_VALUE);
        b.account.correct(10, Long.MAX_VALUE);
        assertThat(budget.grantedBytes()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whoeverIsUnderItsFairShareGetsWhatOthersHoldBeyondTheirs() {
        MemoryBudget budget = MemoryBudget.ofBytes(100);
        Tenant greedy = tenant(budget, "greedy");
        Tenant modest = tenant(budget, "modest");
        for (int i = 0; i < 10; i++) {
            assertThat(greedy.ask(10)).isTrue();
        }
        greedy.rest();
        for (int i = 0; i < 8; i++) {
            want(modest, 10);
        }
        assertThat(greedy.account.grantedBytes()).isEqualTo(50);
        assertThat(modest.account.grantedBytes()).isEqualTo(50);
        assertThat(greedy.calledBack).isEqualTo(5);
    }

    @Test
    void sharesFollowTheWeights() {
        MemoryBudget budget = MemoryBudget.ofBytes(100);
        Tenant light = new Tenant(budget, "light", 0, 1, NO_CEILING);
        Tenant heavy = new Tenant(budget, "heavy", 0, 3, NO_CEILING);
        for (int i = 0; i < 20; i++) {
            light.ask(5);
        }
        light.rest();
        for (int i = 0; i < 20; i++) {
            want(heavy, 5);
        }
        assertThat(light.account.grantedBytes()).isEqualTo(25);
        assertThat(heavy.account.grantedBytes()).isEqualTo(75);
    }

    @Test
    void theColdestGoesFirst() {
        MemoryBudget budget = MemoryBudget.ofBytes(100);
        Tenant warm = tenant(budget, "warm");
        Tenant cold = tenant(budget, "cold");
        Tenant asking = tenant(budget, "asking");
        for (int i = 0; i < 10; i++) {
            (i % 2 == 0 ? warm : cold).ask(10);
        }
        warm.rest();
        cold.rest();
        warm.idleNanos = 5;
        cold.idleNanos = 50;
        want(asking, 10);
        assertThat(cold.calledBack).isEqualTo(1);
        assertThat(warm.calledBack).isZero();
        assertThat(asking.leased).containsExactly(10L);
    }

    @Test
    void noMoreIsCalledBackThanIsMissingWhileConnectionsAreStillClosing() {
        MemoryBudget budget = MemoryBudget.ofBytes(100);
        Tenant greedy = tenant(budget, "greedy");
        Tenant modest = tenant(budget, "modest");
        for (int i = 0; i < 10; i++) {
            greedy.ask(10);
        }
        greedy.rest();
        greedy.closesAtOnce = false;
        for (int i = 0; i < 20; i++) {
            modest.ask(10);
        }
        assertThat(greedy.calledBack).isEqualTo(1);
        modest.wanted.add(10L);
        greedy.finishClosing();
        assertThat(modest.leased).containsExactly(10L);
    }

    @Test
    void anAccountAtItsFloorKeepsItsColdestConnection() {
        MemoryBudget budget = MemoryBudget.ofBytes(100);
        Tenant keeper = new Tenant(budget, "keeper", 100, 1, NO_CEILING);
        for (int i = 0; i < 10; i++) {
            keeper.ask(10);
        }
        keeper.rest();
        Tenant late = tenant(budget, "late");
        assertThat(late.ask(10)).isFalse();
        budget.review();
        assertThat(keeper.calledBack).isZero();
    }

    @Test
    void whatIsOwedToOneIsNotLentToAnotherBeyondItsShare() {
        MemoryBudget budget = MemoryBudget.ofBytes(100);
        Tenant greedy = tenant(budget, "greedy");
        Tenant modest = tenant(budget, "modest");
        for (int i = 0; i < 10; i++) {
            greedy.ask(10);
        }
        modest.wanted.add(40L);
        assertThat(modest.ask(40)).isFalse();
        greedy.endOneLeased();
        assertThat(greedy.ask(10)).as("ten bytes are free, but owed").isFalse();
        for (int i = 0; i < 3; i++) {
            greedy.endOneLeased();
        }
        assertThat(modest.leased).containsExactly(40L);
    }

    @Test
    void aDemandThatNobodyRenewsIsForgotten() {
        MemoryBudget budget = MemoryBudget.ofBytes(100);
        Tenant greedy = tenant(budget, "greedy");
        Tenant fickle = tenant(budget, "fickle");
        for (int i = 0; i < 10; i++) {
            greedy.ask(10);
        }
        fickle.ask(50);
        assertThat(fickle.account.snapshot().demandBytes()).isEqualTo(50);
        greedy.endOneLeased();
        budget.review();
        assertThat(fickle.told).isEqualTo(1);
        assertThat(fickle.account.snapshot().demandBytes()).isZero();
        assertThat(greedy.ask(10)).isTrue();
    }

    @Test
    void aReviewReclaimsWhatCameToRestMeanwhile() {
        MemoryBudget budget = MemoryBudget.ofBytes(100);
        Tenant busy = tenant(budget, "busy");
        Tenant modest = tenant(budget, "modest");
        for (int i = 0; i < 10; i++) {
            busy.ask(10);
        }
        want(modest, 10);
        assertThat(modest.leased).isEmpty();
        busy.rest();
        budget.review();
        assertThat(modest.leased).containsExactly(10L);
    }

    @Test
    void aLoweredLimitCallsConnectionsBack() {
        MemoryBudget budget = MemoryBudget.ofBytes(100);
        Tenant a = new Tenant(budget, "a", 20, 1, NO_CEILING);
        for (int i = 0; i < 10; i++) {
            a.ask(10);
        }
        a.rest();
        budget.limit(45);
        assertThat(budget.grantedBytes()).isEqualTo(40);
        assertThatThrownBy(() -> budget.limit(19))
                .isInstanceOf(BudgetExceededException.class)
                .hasMessageContaining("20");
        assertThat(budget.limitBytes()).isEqualTo(45);
    }

    @Test
    void aRaisedLimitIsOfferedToThoseWhoWait() {
        MemoryBudget budget = MemoryBudget.ofBytes(10);
        Tenant a = tenant(budget, "a");
        a.ask(10);
        want(a, 10);
        assertThat(a.leased).hasSize(1);
        budget.limit(20);
        assertThat(a.leased).hasSize(2);
    }

    @Test
    void aCorrectionIsBookedEvenOverTheLimitAndThenReclaimed() {
        MemoryBudget budget = MemoryBudget.ofBytes(100);
        Tenant a = tenant(budget, "a");
        Tenant b = tenant(budget, "b");
        for (int i = 0; i < 5; i++) {
            a.ask(10);
            b.ask(10);
        }
        a.rest();
        b.leased.set(0, 30L);
        b.account.correct(10, 30);
        assertThat(budget.grantedBytes())
                .as("20 too much; a holds no more than its share")
                .isEqualTo(120);
        assertThat(b.ask(1)).isFalse();
        b.rest();
        budget.review();
        assertThat(budget.grantedBytes()).isLessThanOrEqualTo(100);
        assertThat(a.calledBack).isZero();
    }

    @Test
    void aGrantReleasedTwiceIsNoticed() {
        MemoryBudget budget = MemoryBudget.ofBytes(100);
        Tenant a = tenant(budget, "a");
        a.ask(10);
        a.account.release(10);
        assertThatThrownBy(() -> a.account.release(10))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("released twice");
        assertThat(budget.grantedBytes()).isZero();
    }

    @Test
    void aClosedAccountStaysOnTheBooksUntilItsGrantsAreReleased() {
        MemoryBudget budget = MemoryBudget.ofBytes(100);
        Tenant a = new Tenant(budget, "a", 50, 1, NO_CEILING);
        a.ask(10);
        a.account.close();
        a.account.close();
        assertThat(a.ask(1)).isFalse();
        assertThat(budget.accounts()).hasSize(1);
        assertThat(new Tenant(budget, "b", 90, 1, NO_CEILING).account.name()).isEqualTo("b");
        a.endAll();
        assertThat(budget.accounts()).hasSize(1);
        assertThatThrownBy(() -> a.account.reconfigure(0, 1, 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void termsMayChangeWhileTheyFit() {
        MemoryBudget budget = MemoryBudget.ofBytes(100);
        Tenant a = tenant(budget, "a");
        Tenant b = tenant(budget, "b");
        b.ask(60);
        a.account.reconfigure(40, 2, 50);
        assertThat(a.account.snapshot().floorBytes()).isEqualTo(40);
        assertThatThrownBy(() -> a.account.reconfigure(41, 1, 50)).isInstanceOf(BudgetExceededException.class);
        assertThatThrownBy(() -> a.account.reconfigure(-1, 1, 50)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> a.account.reconfigure(1, 0, 50)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> a.account.reconfigure(10, 1, 9)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anOwnerThatThrowsHarmsNobody() {
        MemoryBudget budget = MemoryBudget.ofBytes(10);
        AtomicInteger calls = new AtomicInteger();
        Account faulty = budget.open("faulty", 0, 1, NO_CEILING, new Reclaimer() {
            @Override
            public boolean reclaimOne() {
                throw new IllegalStateException("on purpose");
            }

            @Override
            public long coldestIdleNanos() {
                calls.incrementAndGet();
                return 1;
            }

            @Override
            public void grantAvailable() {
                throw new IllegalStateException("on purpose");
            }
        });
        for (int i = 0; i < 10; i++) {
            assertThat(faulty.tryGrant(1)).isTrue();
        }
        Tenant other = tenant(budget, "other");
        assertThat(other.ask(1)).isFalse();
        assertThat(budget.reclaimerFailures()).isEqualTo(1);
        assertThat(calls).hasValue(1);
        faulty.release(1);
        assertThat(other.ask(1)).isTrue();
    }

    private static Tenant tenant(MemoryBudget budget, String name) {
        return new Tenant(budget, name, 0, 1, NO_CEILING);
    }

    private static void want(Tenant tenant, long bytes) {
        tenant.wanted.add(bytes);
        tenant.grantAvailable();
    }
}
