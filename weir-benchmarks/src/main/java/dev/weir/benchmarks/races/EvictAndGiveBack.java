package dev.weir.benchmarks.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.weir.pool.Eviction;
import dev.weir.pool.Lease;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Connections are evicted while one comes back: it is ended, now or then. */
@JCStressTest
@Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "ended")
@State
public class EvictAndGiveBack {
    private final List<Lease<Basin.Drop>> leases = new ArrayList<>();
    private final Basin basin = Basin.ofOne(leases);
    private final Lease<Basin.Drop> held = leases.get(0);

    @Actor
    public void evict() {
        basin.pool.evict(Eviction.SOFT);
    }

    @Actor
    public void giveBack() {
        held.close();
    }

    @Arbiter
    public void after(III_Result r) {
        r.r1 = basin.pool.connectionsLeft();
        r.r2 = basin.pool.inUse();
        r.r3 = basin.ended.get();
    }
}
