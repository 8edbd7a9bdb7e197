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

/** A connection comes back while a thread goes to sleep for it: it is woken. */
@JCStressTest
@Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "woken")
@State
public class ReleaseAndPark {
    private final List<Lease<Basin.Drop>> leases = new ArrayList<>();
    private final Slumber time = new Slumber(1, 0);
    private final Basin basin = new Basin(time, 1, leases);
    private final Lease<Basin.Drop> held = leases.get(0);

    @Actor
    public void release() {
        held.close();
        time.done();
    }

    @Actor
    public void acquire(III_Result r) {
        r.r1 = basin.await();
    }

    @Arbiter
    public void after(III_Result r) {
        r.r2 = basin.pool.inUse();
        r.r3 = basin.idle();
    }
}
