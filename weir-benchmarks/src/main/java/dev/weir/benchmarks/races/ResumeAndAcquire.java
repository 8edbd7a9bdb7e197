package dev.weir.benchmarks.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.weir.pool.Lease;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** The pool is resumed while somebody asks: nobody is forgotten. */
@JCStressTest
@Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "served")
@State
public class ResumeAndAcquire {
    private final Basin basin = Basin.idle(1);
    private volatile CompletableFuture<Lease<Basin.Drop>> request;

    /** Suspends first. */
    public ResumeAndAcquire() {
        basin.pool.suspend();
    }

    @Actor
    public void resume() {
        basin.pool.resume();
    }

    @Actor
    public void acquire() {
        request = basin.ask();
    }

    @Arbiter
    public void after(III_Result r) {
        r.r1 = Basin.came(request);
        r.r2 = basin.pool.inUse();
        r.r3 = basin.idle();
    }
}
