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

/** An endpoint becomes suspect while its connection changes hands: it is checked before it is lent again. */
@JCStressTest
@Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "checked once")
@State
public class SuspectAndLend {
    private final List<Lease<Basin.Drop>> leases = new ArrayList<>();
    private final Basin basin = Basin.ofOne(leases);
    private final Lease<Basin.Drop> held = leases.get(0);

    @Actor
    public void suspect() {
        basin.pool.endpointSuspect(null);
    }

    @Actor
    public void lend() {
        held.close();
        basin.pool.acquire().close();
        basin.pool.acquire().close();
    }

    @Arbiter
    public void after(III_Result r) {
        try (Lease<Basin.Drop> last = basin.pool.acquire()) {
            r.r1 = last.connection().checks.get();
            r.r2 = basin.pool.inUse();
        }
        r.r3 = basin.idle();
    }
}
