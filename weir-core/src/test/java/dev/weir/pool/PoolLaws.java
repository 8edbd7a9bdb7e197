package dev.weir.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The laws of the pool, held against random lives of it; {@link PoolLife} makes the moves and knows the laws. */
class PoolLaws {

    private static final int STEPS = 200;

    @Property(tries = 150)
    void holdWhileWorkersWorkAtOnce(@ForAll Random random) {
        try (PoolLife life = new PoolLife(random, PoolLife.Pace.AT_ONCE)) {
            for (int step = 0; step < STEPS; step++) {
                life.move();
                life.checkAlways();
                life.checkAtRest();
            }
        }
    }

    @Property(tries = 150)
    void holdWhileWorkersLagBehind(@ForAll Random random) {
        try (PoolLife life = new PoolLife(random, PoolLife.Pace.LAGGING)) {
            for (int step = 0; step < STEPS; step++) {
                life.move();
                life.checkAlways();
            }
            life.comeToRest();
            life.checkAlways();
            life.checkAtRest();
        }
    }

    @Property(tries = 80)
    void everyRequestEndsByItsDeadline(@ForAll Random random) {
        try (PoolLife life = new PoolLife(random, PoolLife.Pace.LAGGING)) {
            for (int step = 0; step < STEPS / 2; step++) {
                life.move();
            }
            life.letEveryDeadlinePass();
            assertThat(life.openRequests()).isZero();
        }
    }

    @Property(tries = 80)
    void twoPoolsOnOneBudgetAndOneEndpointKeepThemToo(@ForAll Random random) {
        try (PoolLife life = new PoolLife(random, PoolLife.Pace.LAGGING);
                PoolLife neighbour = life.neighbour()) {
            for (int step = 0; step < STEPS; step++) {
                (random.nextBoolean() ? life : neighbour).move();
                life.checkAlways();
                neighbour.checkAlways();
            }
        }
    }
}
