package dev.weir.benchmarks.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.weir.pool.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** The head of the queue runs out of time while it is woken: whoever is next gets what it was woken for. */
@JCStressTest
@Outcome(id = "1, -1, 0", expect = ACCEPTABLE, desc = "the head got it, just in time")
@Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "passed on")
@State
public class TimeoutAndPassOn {
    private final List<Lease<Basin.Drop>> leases = new ArrayList<>();
    private final Basin basin = new Basin(new Basin.Tide(100_000), 1, leases);
    private final Lease<Basin.Drop> held = leases.get(0);
    private volatile CompletableFuture<Lease<Basin.Drop>> next;

    @Actor
    public void askAndRelease() {
        next = basin.ask();
        held.close();
    }

    @Actor
    public void acquire(III_Result r) {
        r.r1 = basin.take(Duration.ofNanos(300_000));
    }

    @Arbiter
    public void after(III_Result r) {
        r.r2 = Basin.came(next);
        r.r3 = basin.idle();
    }
}
