package dev.weir.benchmarks.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.weir.pool.Slot;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A lease is claimed for its reset and given back at once: one of the two has it. */
@JCStressTest
@Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "claimed")
@Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "given back")
@State
public class ClaimAndGiveBack {
    private final Basin basin = Basin.idle(1);
    private final Slot<Basin.Drop> slot = basin.pool.lease(0);
    private final long word = slot.word();

    @Actor
    public void claim(III_Result r) {
        if (basin.pool.claim(slot, word)) {
            r.r1 = 1;
            basin.pool.giveBackClaimed(slot);
        }
    }

    @Actor
    public void giveBack(III_Result r) {
        r.r2 = basin.pool.giveBack(slot, word) ? 1 : 0;
    }

    @Arbiter
    public void after(III_Result r) {
        r.r3 = basin.idle();
    }
}
