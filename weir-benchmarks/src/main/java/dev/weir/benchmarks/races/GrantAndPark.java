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

/** The budget is raised while a thread goes to sleep for a connection that it had no room for. */
@JCStressTest
@Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "woken for the new one")
@State
public class GrantAndPark {
    private final List<Lease<Basin.Drop>> leases = new ArrayList<>();
    private final Slumber time = new Slumber(1, 0);
    private final Basin basin = new Basin(time, 1, leases);

    /** Takes the room first. */
    public GrantAndPark() {
        basin.budget.limit(0);
        leases.get(0).retire(CloseReason.BROKEN);
    }

    @Actor
    public void grant() {
        basin.budget.limit(Basin.BYTES);
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
