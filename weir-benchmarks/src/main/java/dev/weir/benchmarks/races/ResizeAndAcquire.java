package dev.weir.benchmarks.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.weir.pool.Lease;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** The maximum is lowered while somebody takes a connection: one goes, now or when it comes back. */
@JCStressTest
@Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "one ended, one left")
@State
public class ResizeAndAcquire {
    private final Basin basin = Basin.idle(2);
    private Lease<Basin.Drop> taken;

    @Actor
    public void resize() {
        basin.pool.resize(0, 1);
    }

    @Actor
    public void acquire() {
        taken = basin.pool.acquire();
    }

    @Arbiter
    public void after(III_Result r) {
        r.r1 = basin.pool.inUse();
        taken.close();
        basin.pool.resize(0, 1);
        r.r2 = basin.pool.connectionsLeft();
        r.r3 = basin.ended.get();
    }
}
