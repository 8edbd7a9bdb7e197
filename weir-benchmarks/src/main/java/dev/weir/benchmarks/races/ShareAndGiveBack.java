package dev.weir.benchmarks.races;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.weir.pool.Lease;
import dev.weir.pool.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Another thread comes inside a lease while its borrower ends it: it sees the end, or the borrower sees it inside. */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "came too late")
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "came, saw the end, and was seen")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "was inside, and was seen")
@State
public class ShareAndGiveBack {
    private final List<Lease<Basin.Drop>> leases = new ArrayList<>();
    private final Basin basin = Basin.ofOne(leases);
    private final Slot<Basin.Drop> slot = leases.get(0).slot();
    private final long word = leases.get(0).word();
    private final AtomicInteger inside = new AtomicInteger();

    @Actor
    public void enter(II_Result r) {
        if (slot.share(word)) {
            inside.incrementAndGet();
            r.r1 = slot.isLeased(word) ? 1 : 0;
        }
    }

    @Actor
    public void giveBack(II_Result r) {
        if (!basin.pool.giveBackUnmarked(slot, word) && basin.pool.claim(slot, word)) {
            r.r2 = inside.get();
            basin.pool.giveBackClaimed(slot);
        }
    }
}
