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

/** The pool is shut down while a lease comes back: its connection is ended, once. */
@JCStressTest
@Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "ended")
@State
public class ShutdownAndGiveBack {
    private final List<Lease<Basin.Drop>> leases = new ArrayList<>();
    private final Basin basin = Basin.ofOne(leases);
    private final Lease<Basin.Drop> held = leases.get(0);

    @Actor
    public void shutdown() {
        basin.pool.refuse();
        basin.pool.failWaiters();
    }

    @Actor
    public void giveBack() {
        held.close();
    }

    @Arbiter
    public void after(III_Result r) {
        r.r1 = basin.pool.connectionsLeft();
        r.r2 = (int) basin.budget.grantedBytes();
        r.r3 = basin.ended.get();
    }
}
