package dev.weir.metrics.jfr;

import dev.weir.event.PoolEvent;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("dev.weir.Grant")
@Label("Grant")
@Description("The memory budget granted a connection's bytes, and it is being opened")
final class GrantEvent extends SlotFlightEvent {

    @Label("Bytes")
    @DataAmount
    final long bytes;

    GrantEvent(PoolEvent.Granted e) {
        super(e.pool(), e.slot());
        bytes = e.bytes();
    }
}
