package dev.weir.benchmarks.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.weir.event.CloseReason;
import dev.weir.pool.Lease;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** One lease is retired and given back at once: only one of the two happens. */
@JCStressTest
@Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "retired")
@Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "given back")
@State
public class RetireAndGiveBack {
    private final List<Lease<Basin.Drop>> leases = new ArrayList<>();
    private final Basin basin = Basin.ofOne(leases);
    private final Lease<Basin.Drop> held = leases.get(0);

    @Actor
    public void retire() {
        held.retire(CloseReason.BROKEN);
    }

    @Actor
    public void giveBack() {
        held.close();
    }

    @Arbiter
    public void after(III_Result r) {
        r.r1 = basin.ended.get();
        r.r2 = basin.idle();
        r.r3 = basin.pool.inUse();
    }
}
