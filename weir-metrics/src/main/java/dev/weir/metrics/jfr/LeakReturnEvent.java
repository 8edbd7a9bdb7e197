package dev.weir.metrics.jfr;

import dev.weir.event.PoolEvent;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

@Name("dev.weir.LeakReturn")
@Label("Leak return")
@Description("A connection that had been reported as leaked came back")
final class LeakReturnEvent extends SlotFlightEvent {

    @Label("Held")
    @Timespan
    final long held;

    LeakReturnEvent(PoolEvent.LeakReturned e) {
        super(e.pool(), e.slot());
        held = e.held().toNanos();
    }
}
