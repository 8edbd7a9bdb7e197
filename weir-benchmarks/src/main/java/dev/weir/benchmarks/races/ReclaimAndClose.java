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

/** The budget calls connections back while a holder closes its lease: what comes to rest goes. */
@JCStressTest
@Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "ended once, and its bytes are back")
@State
public class ReclaimAndClose {
    private final List<Lease<Basin.Drop>> leases = new ArrayList<>();
    private final Basin basin = Basin.ofOne(leases);
    private final Lease<Basin.Drop> held = leases.get(0);

    @Actor
    public void reclaim() {
        basin.budget.limit(0);
    }

    @Actor
    public void close() {
        held.close();
    }

    @Arbiter
    public void after(III_Result r) {
        basin.budget.review();
        r.r1 = basin.pool.connectionsLeft();
        r.r2 = (int) basin.budget.grantedBytes();
        r.r3 = basin.ended.get();
    }
}
