package dev.weir.benchmarks.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.weir.pool.Lease;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** The maximum is lowered while somebody takes connections: one goes, now or when it comes back. */
@JCStressTest
@Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "one was ended before it was asked for")
@Outcome(id = "2, 1, 1", expect = ACCEPTABLE, desc = "both were lent, one was ended when it came back")
@State
public class ResizeAndAcquire {
    private final Basin basin = Basin.idle(2);
    private @Nullable Lease<Basin.Drop> first;
    private @Nullable Lease<Basin.Drop> second;

    @Actor
    public void resize() {
        basin.pool.resize(0, 1);
    }

    @Actor
    public void acquire() {
        first = basin.barge();
        second = basin.barge();
    }

    @Arbiter
    public void after(III_Result r) {
        r.r1 = basin.pool.inUse();
        for (Lease<Basin.Drop> lease : Arrays.asList(first, second)) {
            if (lease != null) {
                lease.close();
            }
        }
        r.r2 = basin.pool.connectionsLeft();
        r.r3 = basin.ended.get();
    }
}
