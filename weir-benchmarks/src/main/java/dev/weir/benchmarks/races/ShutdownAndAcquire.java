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

/** The pool is shut down while somebody asks: lent or refused, never forgotten. */
@JCStressTest
@Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "refused, and the idle connection ended")
@Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "lent first")
@State
public class ShutdownAndAcquire {
    private final Basin basin = Basin.idle(1);
    private volatile CompletableFuture<Lease<Basin.Drop>> request;

    @Actor
    public void shutdown() {
        basin.pool.refuse();
        basin.pool.failWaiters();
    }

    @Actor
    public void acquire() {
        request = basin.ask();
    }

    @Arbiter
    public void after(III_Result r) {
        r.r1 = Basin.came(request);
        r.r2 = basin.pool.connectionsLeft();
        r.r3 = basin.ended.get();
    }
}
