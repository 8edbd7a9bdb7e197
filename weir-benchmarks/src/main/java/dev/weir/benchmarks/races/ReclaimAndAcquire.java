package dev.weir.benchmarks.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** The budget calls an idle connection back while somebody takes it. */
@JCStressTest
@Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "reclaimed")
@Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "lent")
@State
public class ReclaimAndAcquire {
    private final Basin basin = Basin.idle(1);

    @Actor
    public void reclaim() {
        basin.budget.limit(0);
    }

    @Actor
    public void acquire(III_Result r) {
        r.r1 = basin.take();
    }

    @Arbiter
    public void after(III_Result r) {
        r.r2 = basin.pool.inUse();
        r.r3 = basin.ended.get();
    }
}
