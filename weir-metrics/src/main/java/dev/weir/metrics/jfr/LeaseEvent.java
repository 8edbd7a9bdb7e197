package dev.weir.metrics.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

@Name("dev.weir.Lease")
@Label("Lease")
@Description("A lease has ended: its connection was given back")
final class LeaseEvent extends SlotFlightEvent {

    @Label("Held")
    @Timespan
    final long held;

    LeaseEvent(String pool, int slot, long nanos) {
        super(pool, slot);
        held = nanos;
    }
}
