package dev.weir.benchmarks.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.weir.pool.Slot;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Leases are aborted while one is reset and comes back: its connection is ended, once. */
@JCStressTest
@Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "ended")
@State
public class AbortAndGiveBack {
    private final Basin basin = Basin.idle(1);
    private final Slot<Basin.Drop> slot = basin.pool.lease(0);
    private final long word = slot.word();

    @Actor
    public void abort() {
        basin.pool.refuse();
        basin.pool.failWaiters();
        basin.pool.abortLeased();
    }

    @Actor
    public void giveBack() {
        if (basin.pool.claim(slot, word)) {
            basin.pool.giveBackClaimed(slot);
        }
    }

    @Arbiter
    public void after(III_Result r) {
        r.r1 = basin.pool.connectionsLeft();
        r.r2 = (int) basin.budget.grantedBytes();
        r.r3 = basin.ended.get();
    }
}
