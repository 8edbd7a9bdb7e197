package dev.weir.metrics.jfr;

import dev.weir.event.PoolEvent;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

@Name("dev.weir.Leak")
@Label("Leak")
@Description("A lease outlived the leak threshold")
final class LeakEvent extends SlotFlightEvent {

    @Label("Verdict")
    final String verdict;

    @Label("Held")
    @Timespan
    final long held;

    @Label("Holder")
    final String holder;

    @Label("Borrowed at")
    final String borrowedAt;

    LeakEvent(PoolEvent.LeakDetected e) {
        super(e.pool(), e.slot());
        verdict = e.verdict().name();
        held = e.held().toNanos();
        holder = e.holder();
        borrowedAt = String.join("\n", e.stack());
    }
}
