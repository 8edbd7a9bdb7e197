package dev.weir.benchmarks.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.weir.pool.Lease;
import dev.weir.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A connection comes back while a thread goes to sleep for it: it is woken, long before its timeout. */
@JCStressTest
@Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "woken")
@State
public class ReleaseAndPark {
    private final List<Lease<Basin.Drop>> leases = new ArrayList<>();
    private final Basin basin = new Basin(Ticker.system(), 1, leases);
    private final Lease<Basin.Drop> held = leases.get(0);

    @Actor
    public void release() {
        held.close();
    }

    @Actor
    public void acquire(III_Result r) {
        r.r1 = basin.take(Duration.ofSeconds(10));
    }

    @Arbiter
    public void after(III_Result r) {
        r.r2 = basin.pool.inUse();
        r.r3 = basin.idle();
    }
}
