package dev.weir.server.run;

import dev.weir.pool.PoolSnapshot;
import dev.weir.pool.WaitTimes;
import dev.weir.server.config.RunPlan;
import dev.weir.server.screen.Sample;
import dev.weir.server.tpcb.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Looks at the run now and then: rates and waits are those since the last look. Used by one thread. */
final class Sampler {

    private final RunPlan plan;
    private final Fleet fleet;
    private final List<Lane> lanes;
    private final long begun;
    private final List<WaitTimes> lastWaits = new ArrayList<>();
    private final List<Long> lastCommitted = new ArrayList<>();
    private long lastLook;
    private long peakGranted;

    Sampler(RunPlan plan, Fleet fleet, List<Lane> lanes, long begun) {
        this.plan = plan;
        this.fleet = fleet;
        this.lanes = lanes;
        this.begun = begun;
        this.lastLook = begun;
        for (Fleet.Member member : fleet.members()) {
            lastWaits.add(member.snapshot().waits());
            lastCommitted.add(0L);
        }
    }

    Sample look(long now) {
        double seconds = Math.max(1e-3, (now - lastLook) / 1e9);
        lastLook = now;
        Lane.Counts total = Lane.Counts.NONE;
        double tps = 0;
        List<Sample.PoolLine> lines = new ArrayList<>();
        for (int i = 0; i < lanes.size(); i++) {
            Lane.Counts counts = lanes.get(i).counts();
            total = total.plus(counts);
            double poolTps = (counts.committed() - lastCommitted.get(i)) / seconds;
            tps += poolTps;
            lines.add(line(i, poolTps));
            lastCommitted.set(i, counts.committed());
        }
        long granted = fleet.grantedBytes();
        peakGranted = Math.max(peakGranted, granted);
        return new Sample(
                Duration.ofNanos(now - begun),
                plan.duration(),
                plan.users(),
                total.committed(),
                tps,
                total.errors(),
                granted,
                plan.budgetBytes(),
                lines);
    }

    private Sample.PoolLine line(int index, double tps) {
        Fleet.Member member = fleet.members().get(index);
        PoolSnapshot snapshot = member.snapshot();
        WaitTimes waits = snapshot.waits().since(lastWaits.get(index));
        lastWaits.set(index, snapshot.waits());
        return new Sample.PoolLine(
                snapshot.pool(),
                member.plan().profile().name().toLowerCase(Locale.ROOT),
                snapshot.size(),
                snapshot.max(),
                snapshot.leased(),
                snapshot.idle(),
                snapshot.waiting(),
                waits.quantileNanos(0.50),
                waits.quantileNanos(0.99),
                tps,
                snapshot.totals().rejected(),
                snapshot.totals().leaks(),
                snapshot.grantedBytes());
    }

    /** The most bytes of the budget that were held at any look. */
    long peakGrantedBytes() {
        return peakGranted;
    }
}
