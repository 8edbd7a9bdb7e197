package dev.weir.benchmarks.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.weir.pool.Lease;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A connection comes back while somebody asks for one without waiting. */
@JCStressTest
@Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "came too late: idle")
@Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "lent again")
@State
public class AcquireAndRelease {
    private final List<Lease<Basin.Drop>> leases = new ArrayList<>();
    private final Basin basin = Basin.ofOne(leases);
    private final Lease<Basin.Drop> held = leases.get(0);

    @Actor
    public void release() {
        held.connection().holders.set(0);
        held.close();
    }

    @Actor
    public void acquire(III_Result r) {
        r.r1 = basin.take();
    }

    @Arbiter
    public void after(III_Result r) {
        r.r2 = basin.pool.inUse();
        r.r3 = basin.idle();
    }
}
