package dev.weir.benchmarks.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.weir.pool.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A waiter runs out of time while a connection is handed to it. */
@JCStressTest
@Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "gave up first")
@Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "was handed it first")
@State
public class TimeoutAndHandOver {
    private final List<Lease<Basin.Drop>> leases = new ArrayList<>();
    private final Basin basin = new Basin(new Basin.Tide(2_000_000), 1, leases);
    private final Lease<Basin.Drop> held = leases.get(0);

    @Actor
    public void release() {
        held.close();
    }

    @Actor
    public void acquire(III_Result r) {
        r.r1 = basin.take(Duration.ofMillis(7));
    }

    @Arbiter
    public void after(III_Result r) {
        r.r2 = basin.pool.inUse();
        r.r3 = basin.idle();
    }
}
