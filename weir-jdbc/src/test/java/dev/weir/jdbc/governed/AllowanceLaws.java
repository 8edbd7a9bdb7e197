package dev.weir.jdbc.governed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.MemoryBudget;
import dev.weir.event.EventStream;
import dev.weir.pool.PoolEnvironment;
import dev.weir.time.ManualTicker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.Executor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random lives of a governed pool beside a neighbour who takes and gives back, workers at once or late. */
class AllowanceLaws {

    private static final int STEPS = 150;
    private static final long BYTES = 10;

    private final ManualTicker time = new ManualTicker();
    private final Deque<Runnable> work = new ArrayDeque<>();

    @Property(tries = 100)
    void aResizablePoolHasWhatItIsGranted(@ForAll Random random, @ForAll boolean late) {
        MemoryBudget budget = MemoryBudget.ofBytes(BYTES * (2 + random.nextInt(20)));
        ScriptedPool pool = new ScriptedPool(true, 1 + random.nextInt(15));
        Allowance allowance = allowance(pool, budget, late);
        Neighbour neighbour = new Neighbour(budget, BYTES);
        allowance.begin();
        for (int step = 0; step < STEPS; step++) {
            move(pool, allowance, neighbour, random);
            assertThat(budget.grantedBytes()).as("never over the limit").isLessThanOrEqualTo(budget.limitBytes());
            assertThat(pool.max).isPositive();
            assertThat(allowance.grantedBytes())
                    .as("what may be there and what is there is granted")
                    .isGreaterThanOrEqualTo(BYTES * Math.max(pool.max, pool.size));
            assertThat(neighbour.held()).isLessThanOrEqualTo((int) (budget.limitBytes() / BYTES));
        }
        comeToRest(allowance);
        assertThat(allowance.grantedBytes()).isEqualTo(BYTES * Math.max(pool.max, pool.size));
        assertThat(pool.size).as("nothing owed while idle").isLessThanOrEqualTo(Math.max(pool.max, pool.leased));
        allowance.end(true);
        neighbour.giveBack();
        assertThat(budget.grantedBytes()).as("nothing leaks").isZero();
    }

    @Property(tries = 60)
    void aPoolThatCannotBeResizedIsBookedAsItIs(@ForAll Random random, @ForAll boolean late) {
        MemoryBudget budget = MemoryBudget.ofBytes(BYTES * (2 + random.nextInt(20)));
        ScriptedPool pool = new ScriptedPool(false, 1 + random.nextInt(15));
        Allowance allowance = allowance(pool, budget, late);
        Neighbour neighbour = new Neighbour(budget, BYTES);
        allowance.begin();
        for (int step = 0; step < STEPS; step++) {
            move(pool, allowance, neighbour, random);
        }
        comeToRest(allowance);
        assertThat(allowance.grantedBytes()).isEqualTo(BYTES * pool.size);
        allowance.end(true);
        neighbour.giveBack();
        assertThat(budget.grantedBytes()).as("nothing leaks").isZero();
    }

    @Property(tries = 60)
    void whoeverWaitsIsServedOnceTheNeighbourHasGivenBack(@ForAll Random random, @ForAll boolean late) {
        MemoryBudget budget = MemoryBudget.ofBytes(BYTES * 30);
        ScriptedPool pool = new ScriptedPool(true, 12);
        Allowance allowance = allowance(pool, budget, late);
        Neighbour neighbour = new Neighbour(budget, BYTES);
        allowance.begin();
        for (int step = 0; step < STEPS / 3; step++) {
            move(pool, allowance, neighbour, random);
        }
        while (pool.leased + pool.waiting < 12) {
            pool.borrow();
        }
        neighbour.giveBack();
        for (int i = 0; i < 4; i++) {
            comeToRest(allowance);
        }
        assertThat(pool.leased).isGreaterThanOrEqualTo(12);
    }

    private Allowance allowance(ScriptedPool pool, MemoryBudget budget, boolean late) {
        work.clear();
        Executor workers = late ? work::add : Runnable::run;
        PoolEnvironment environment = PoolEnvironment.manual(time, new EventStream(), budget, workers);
        return new Allowance(pool, environment, "pool", new BudgetShare(BYTES, 0, 1, Long.MAX_VALUE));
    }

    private void move(ScriptedPool pool, Allowance allowance, Neighbour neighbour, Random random) {
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> pool.borrow();
            case 3, 4 -> pool.giveBack();
            case 5 -> pool.closeIdle();
            case 6 -> pool.giveUp();
            case 7 -> neighbour.want(random.nextInt(15));
            case 8 -> {
                if (random.nextInt(3) == 0) {
                    neighbour.giveBack();
                } else if (!work.isEmpty()) {
                    work.remove().run();
                }
            }
            default -> {
                time.advance(Duration.ofMillis(250));
                allowance.follow();
            }
        }
    }

    private void comeToRest(Allowance allowance) {
        for (int i = 0; i < 3; i++) {
            allowance.follow();
            while (!work.isEmpty()) {
                work.remove().run();
            }
        }
    }
}
