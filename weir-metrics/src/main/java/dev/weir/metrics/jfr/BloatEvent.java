package dev.weir.metrics.jfr;

import dev.weir.event.PoolEvent;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("dev.weir.Bloat")
@Label("Bloat")
@Description("A connection holds too much memory, here and on its server, and goes when it next returns")
final class BloatEvent extends SlotFlightEvent {

    @Label("Bytes")
    @DataAmount
    final long bytes;

    @Label("Limit")
    @DataAmount
    final long limit;

    BloatEvent(PoolEvent.ConnectionBloated e) {
        super(e.pool(), e.slot());
        bytes = e.bytes();
        limit = e.limitBytes();
    }
}
