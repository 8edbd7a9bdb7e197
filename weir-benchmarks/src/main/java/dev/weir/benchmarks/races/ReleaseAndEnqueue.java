package dev.weir.benchmarks.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.weir.pool.Lease;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A connection comes back while somebody joins the queue: no wake-up is lost. */
@JCStressTest
@Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "served")
@State
public class ReleaseAndEnqueue {
    private final List<Lease<Basin.Drop>> leases = new ArrayList<>();
    private final Basin basin = Basin.ofOne(leases);
    private final Lease<Basin.Drop> held = leases.get(0);

    private volatile CompletableFuture<Lease<Basin.Drop>> request;

    @Actor
    public void release() {
        held.close();
    }

    @Actor
    public void enqueue() {
        request = basin.ask();
    }

    @Arbiter
    public void after(III_Result r) {
        r.r1 = Basin.came(request);
        r.r2 = basin.pool.inUse();
        r.r3 = basin.idle();
    }
}
