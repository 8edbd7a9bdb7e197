package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class MemoryBudgetLaws {

    private static final int STEPS = 150;
    private static final int MOST_PASSES_HELD = 5;
    private static final long NO_CEILING = Long.MAX_VALUE;

    @Property(tries = 60)
    void grantsStayWithinTheLimitAndFloorsAreKept(
            @ForAll @LongRange(min = 0, max = 500) long limit,
            @ForAll @IntRange(min = 1, max = 6) int tenants,
            @ForAll Random random) {
        MemoryBudget budget = MemoryBudget.ofBytes(limit);
        List<Tenant> all = openSome(budget, tenants, random);
        for (int step = 0; step < STEPS && !all.isEmpty(); step++) {
            move(all.get(random.nextInt(all.size())), budget, random);
            assertThat(budget.grantedBytes()).isLessThanOrEqualTo(limit);
            for (Tenant tenant : all) {
                assertThat(tenant.broken).isEmpty();
                AccountSnapshot now = tenant.account.snapshot();
                assertThat(now.grantedBytes()).isEqualTo(tenant.held()).isLessThanOrEqualTo(now.ceilingBytes());
            }
        }
        all.forEach(Tenant::endAll);
        assertThat(budget.grantedBytes()).as("releases balance").isZero();
        all.forEach(tenant -> tenant.account.close());
        assertThat(budget.accounts()).isEmpty();
    }

    @Property(tries = 60)
    void aRequestWithinTheFloorIsNeverRefused(
            @ForAll @LongRange(min = 1, max = 500) long limit,
            @ForAll @IntRange(min = 1, max = 6) int tenants,
            @ForAll Random random) {
        MemoryBudget budget = MemoryBudget.ofBytes(limit);
        List<Tenant> all = openSome(budget, tenants, random);
        for (int step = 0; step < STEPS && !all.isEmpty(); step++) {
            Tenant tenant = all.get(random.nextInt(all.size()));
            move(tenant, budget, random);
            lowerOrRaise(budget, random);
            AccountSnapshot now = tenant.account.snapshot();
            long room = now.floorBytes() - now.grantedBytes();
            if (room > 0) {
                assertThat(tenant.ask(1 + random.nextInt((int) room))).isTrue();
            }
        }
    }

    @Property(tries = 60)
    void aboveALoweredLimitThePromisesOnlyFall(
            @ForAll @LongRange(min = 100, max = 500) long limit,
            @ForAll @IntRange(min = 1, max = 6) int tenants,
            @ForAll Random random) {
        MemoryBudget budget = MemoryBudget.ofBytes(limit);
        List<Tenant> all = openSome(budget, tenants, random);
        long before = promised(budget);
        for (int step = 0; step < STEPS && !all.isEmpty(); step++) {
            lowerOrRaise(budget, random);
            move(all.get(random.nextInt(all.size())), budget, random);
            long after = promised(budget);
            assertThat(after).isLessThanOrEqualTo(Math.max(before, budget.limitBytes()));
            assertThat(all).allSatisfy(tenant -> assertThat(tenant.broken).isEmpty());
            before = after;
        }
    }

    @Property(tries = 60)
    void sharesFitTheLimitAndCoverTheFloors(
            @ForAll @LongRange(min = 0) long limit,
            @ForAll @IntRange(min = 1, max = 6) int tenants,
            @ForAll Random random) {
        MemoryBudget budget = MemoryBudget.ofBytes(limit);
        List<Tenant> all = openSome(budget, tenants, random);
        for (Tenant tenant : all) {
            tenant.ask(random.nextLong(Long.MAX_VALUE));
            tenant.ask(random.nextLong(limit + (limit < Long.MAX_VALUE ? 1 : 0)));
        }
        long sum = 0;
        for (AccountSnapshot account : budget.accounts()) {
            assertThat(account.fairShareBytes()).isGreaterThanOrEqualTo(account.floorBytes());
            sum = Math.addExact(sum, account.fairShareBytes());
        }
        assertThat(sum).isLessThanOrEqualTo(limit);
    }

    @Property(tries = 50)
    void whoStaysWithinItsFairShareIsServedOnceAllRests(
            @ForAll @IntRange(min = 2, max = 6) int tenants, @ForAll Random random) {
        MemoryBudget budget = MemoryBudget.ofBytes(tenants * 10L);
        List<Tenant> all = new ArrayList<>();
        for (int i = 0; i < tenants; i++) {
            all.add(new Tenant(budget, "t" + i, 0, 1, Long.MAX_VALUE));
        }
        while (all.get(random.nextInt(tenants)).ask(1)) {
            assertThat(budget.grantedBytes()).isLessThanOrEqualTo(budget.limitBytes());
        }
        all.forEach(Tenant::rest);
        for (Tenant tenant : all) {
            for (long missing = 10 - tenant.held(); missing > 0; missing--) {
                tenant.wanted.add(1L);
                tenant.grantAvailable();
                assertThat(tenant.wanted).isEmpty();
            }
        }
    }

    @Property(tries = 60)
    void theColdestOfThoseWhoHoldTooMuchGoesFirst(
            @ForAll @IntRange(min = 2, max = 6) int tenants, @ForAll Random random) {
        MemoryBudget budget = MemoryBudget.ofBytes(tenants * 10L);
        List<Tenant> all = new ArrayList<>();
        for (int i = 0; i < tenants; i++) {
            Tenant tenant = new Tenant(budget, "t" + i, random.nextInt(3), 1 + random.nextInt(3), Long.MAX_VALUE);
            tenant.idleNanos = 1 + random.nextInt(1000) * 10L + i; // no two alike
            all.add(tenant);
        }
        while (all.get(random.nextInt(tenants)).ask(1)) {
            assertThat(budget.grantedBytes()).isLessThanOrEqualTo(budget.limitBytes());
        }
        all.forEach(Tenant::rest);
        budget.review(); // so that the refused one is forgotten
        Tenant newcomer = new Tenant(budget, "newcomer", 0, 1, Long.MAX_VALUE);
        for (int asked = 0; asked < 5; asked++) {
            int[] before = all.stream().mapToInt(tenant -> tenant.calledBack).toArray();
            newcomer.ask(1);
            for (int i = 0; i < tenants; i++) {
                Tenant gave = all.get(i);
                for (Tenant other : gave.calledBack > before[i] ? all : List.<Tenant>of()) {
                    AccountSnapshot kept = other.account.snapshot();
                    boolean mightHaveGiven = kept.grantedBytes() > Math.max(kept.fairShareBytes(), kept.floorBytes());
                    assertThat(other.idleNanos > gave.idleNanos && mightHaveGiven)
                            .as("%s is colder than %s and holds too much: %s", other.name, gave.name, kept)
                            .isFalse();
                }
            }
            assertThat(all).allSatisfy(tenant -> assertThat(tenant.broken).isEmpty());
        }
    }

    @Property(tries = 50)
    void whoWaitsIsServedInTheEndWhileConnectionsReturn(
            @ForAll @IntRange(min = 1, max = 8) int connections,
            @ForAll @IntRange(min = 2, max = 20) int tenants,
            @ForAll Random random) {
        MemoryBudget budget = MemoryBudget.ofBytes(connections * 10L);
        List<Tenant> all = new ArrayList<>();
        for (int i = 0; i < tenants; i++) {
            Tenant tenant = new Tenant(budget, "t" + i, 0, 1 + random.nextInt(3), NO_CEILING);
            tenant.endsOnReturn = true;
            all.add(tenant);
        }
        int[] servedAt = new int[tenants];
        int[] gaveBackAt = new int[tenants];
        for (int pass = 1; pass <= 20 * tenants; pass++) {
            for (int i = 0; i < tenants; i++) {
                Tenant tenant = all.get(i);
                // Hot: as many waiting as there is room for, and what comes back is lent again at once.
                while (tenant.wanted.size() < connections) {
                    tenant.wanted.add(10L);
                }
                servedAt[i] = tenant.leased.isEmpty() ? servedAt[i] : pass;
                // A connection returns every few passes: by chance, but not by chance alone, or a wait has no bound.
                if (random.nextInt(3) == 0 || pass - gaveBackAt[i] >= MOST_PASSES_HELD) {
                    gaveBackAt[i] = pass;
                    tenant.giveBackOne();
                    tenant.leased.addAll(tenant.idle);
                    tenant.idle.clear();
                }
                tenant.grantAvailable();
                servedAt[i] = tenant.leased.isEmpty() ? servedAt[i] : pass;
                assertThat(pass - servedAt[i]).as("passes without a connection").isLessThan(10 * tenants);
                assertThat(budget.grantedBytes()).isLessThanOrEqualTo(budget.limitBytes());
            }
            budget.review();
        }
    }

    private static List<Tenant> openSome(MemoryBudget budget, int tenants, Random random) {
        List<Tenant> all = new ArrayList<>();
        for (int i = 0; i < tenants; i++) {
            long floor = random.nextInt(60);
            long ceiling = random.nextBoolean() ? Long.MAX_VALUE : floor + random.nextInt(200);
            try {
                Tenant tenant = new Tenant(budget, "t" + i, floor, 1 + random.nextInt(5), ceiling);
                tenant.closesAtOnce = random.nextBoolean();
                tenant.endsOnReturn = random.nextBoolean();
                all.add(tenant);
            } catch (BudgetExceededException doesNotFit) {
                assertThat(promised(budget) + floor).isGreaterThan(budget.limitBytes());
            }
        }
        return all;
    }

    private static void move(Tenant tenant, MemoryBudget budget, Random random) {
        tenant.idleNanos = random.nextInt(1000);
        switch (random.nextInt(8)) {
            case 0, 1 -> tenant.ask(random.nextInt(40));
            case 2 -> {
                if (tenant.wanted.size() < 3) {
                    tenant.wanted.add((long) random.nextInt(40));
                }
                tenant.grantAvailable();
            }
            case 3 -> tenant.rest();
            case 4 -> {
                // The budget takes any release for that of the connection called back first.
                tenant.finishClosing();
                tenant.endOneLeased();
            }
            case 5 -> tenant.finishClosing();
            case 6 -> {
                tenant.finishClosing();
                tenant.giveBackOne();
            }
            default -> budget.review();
        }
    }

    private static void lowerOrRaise(MemoryBudget budget, Random random) {
        if (random.nextInt(10) == 0) {
            long floors = budget.accounts().stream()
                    .mapToLong(AccountSnapshot::floorBytes)
                    .sum();
            budget.limit(floors + random.nextInt(300));
        }
    }

    private static long promised(MemoryBudget budget) {
        return budget.accounts().stream()
                .mapToLong(account -> Math.max(account.floorBytes(), account.grantedBytes()))
                .sum();
    }
}
