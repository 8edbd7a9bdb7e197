package dev.weir.metrics.jfr;

import dev.weir.event.PoolEvent;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

@Name("dev.weir.Connect")
@Label("Connect")
@Description("A connection was opened")
final class ConnectEvent extends SlotFlightEvent {

    @Label("Took")
    @Timespan
    final long took;

    ConnectEvent(PoolEvent.ConnectionOpened e) {
        super(e.pool(), e.slot());
        took = e.took().toNanos();
    }
}
