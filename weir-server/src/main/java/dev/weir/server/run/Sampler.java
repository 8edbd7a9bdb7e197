package dev.weir.server.run;

import dev.weir.pool.PoolSnapshot;
import dev.weir.pool.WaitTimes;
import dev.weir.server.config.RunPlan;
import dev.weir.server.load.Lane;
import dev.weir.server.load.PoolKind;
import dev.weir.server.screen.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Looks at the run now and then: rates and waits are those since the last look. Used by one thread. */
final class Sampler {

    private final RunPlan plan;
    private final Fleet fleet;
    private final long begun;
    private final List<WaitTimes> lastWaits = new ArrayList<>();
    private final List<Long> lastCompleted = new ArrayList<>();
    private long lastLook;
    private long peakGranted;

    Sampler(RunPlan plan, Fleet fleet, long begun) {
        this.plan = plan;
        this.fleet = fleet;
        this.begun = begun;
        this.lastLook = begun;
        for (Fleet.Member member : fleet.members()) {
            lastWaits.add(member.snapshot().waits());
            lastCompleted.add(0L);
        }
    }

    Sample look(long now) {
        double seconds = Math.max(1e-3, (now - lastLook) / 1e9);
        lastLook = now;
        long transactions = 0;
        double tps = 0;
        long errors = 0;
        List<Sample.PoolLine> lines = new ArrayList<>();
        for (int i = 0; i < fleet.members().size(); i++) {
            Lane lane = fleet.members().get(i).lane();
            Lane.Counts counts = lane.counts();
            double rate = (counts.completed() - lastCompleted.get(i)) / seconds;
            if (lane.kind() == PoolKind.JDBC) {
                transactions += counts.completed();
                tps += rate;
            }
            errors += counts.errors();
            lines.add(line(i, rate));
            lastCompleted.set(i, counts.completed());
        }
        long granted = fleet.grantedBytes();
        peakGranted = Math.max(peakGranted, granted);
        return new Sample(
                Duration.ofNanos(now - begun),
                plan.duration(),
                plan.allUsers(),
                transactions,
                tps,
                errors,
                granted,
                plan.budgetBytes(),
                lines);
    }

    private Sample.PoolLine line(int index, double rate) {
        Fleet.Member member = fleet.members().get(index);
        PoolSnapshot snapshot = member.snapshot();
        WaitTimes waits = snapshot.waits().since(lastWaits.get(index));
        lastWaits.set(index, snapshot.waits());
        return new Sample.PoolLine(
                snapshot.pool(),
                member.lane().kind().id(),
                member.profile(),
                snapshot.size(),
                snapshot.max(),
                snapshot.leased(),
                snapshot.idle(),
                snapshot.waiting(),
                waits.quantileNanos(0.50),
                waits.quantileNanos(0.99),
                rate,
                snapshot.totals().rejected(),
                snapshot.totals().leaks(),
                snapshot.grantedBytes());
    }

    /** The most bytes of the budget that were held at any look. */
    long peakGrantedBytes() {
        return peakGranted;
    }
}
