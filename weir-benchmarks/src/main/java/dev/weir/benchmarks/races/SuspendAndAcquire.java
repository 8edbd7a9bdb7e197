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

/** The pool is suspended while somebody asks: served before, or after it is resumed. */
@JCStressTest
@Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "asked first")
@Outcome(id = "-1, 1, 0", expect = ACCEPTABLE, desc = "held back until resumed")
@State
public class SuspendAndAcquire {
    private final Basin basin = Basin.idle(1);
    private volatile CompletableFuture<Lease<Basin.Drop>> request;

    @Actor
    public void suspend() {
        basin.pool.suspend();
    }

    @Actor
    public void acquire() {
        request = basin.ask();
    }

    @Arbiter
    public void after(III_Result r) {
        r.r1 = request.isDone() ? 1 : -1;
        basin.pool.resume();
        r.r2 = Basin.came(request);
        r.r3 = basin.idle();
    }
}
