package dev.weir.metrics.jfr;

import dev.weir.event.PoolEvent;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

@Name("dev.weir.Close")
@Label("Close")
@Description("A connection has ended")
final class CloseEvent extends SlotFlightEvent {

    @Label("Reason")
    final String reason;

    @Label("Age")
    @Timespan
    final long age;

    CloseEvent(PoolEvent.ConnectionClosed e) {
        super(e.pool(), e.slot());
        reason = e.reason().name();
        age = e.age().toNanos();
    }
}
