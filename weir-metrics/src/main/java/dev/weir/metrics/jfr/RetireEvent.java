package dev.weir.metrics.jfr;

import dev.weir.event.PoolEvent;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("dev.weir.Retire")
@Label("Retire")
@Description("A connection is lent no more")
final class RetireEvent extends SlotFlightEvent {

    @Label("Reason")
    final String reason;

    RetireEvent(PoolEvent.ConnectionRetired e) {
        super(e.pool(), e.slot());
        reason = e.reason().name();
    }
}
