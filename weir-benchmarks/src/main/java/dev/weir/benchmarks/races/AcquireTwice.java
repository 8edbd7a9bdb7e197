package dev.weir.benchmarks.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.weir.pool.Lease;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Two threads take whatever they can get, and keep it: nothing is lent twice. */
@JCStressTest
@Outcome(id = "0, 0, 4", expect = ACCEPTABLE, desc = "each connection once")
@State
public class AcquireTwice {
    private final Basin basin = Basin.idle(4);

    @Actor
    public void acquire(III_Result r) {
        r.r1 = takeAll();
    }

    @Actor
    public void acquireToo(III_Result r) {
        r.r2 = takeAll();
    }

    private int takeAll() {
        int twice = 0;
        for (Lease<Basin.Drop> lease = basin.barge(); lease != null; lease = basin.barge()) {
            twice += Basin.hold(lease) - 1;
        }
        return twice;
    }

    @Arbiter
    public void after(III_Result r) {
        r.r3 = basin.pool.inUse();
    }
}
