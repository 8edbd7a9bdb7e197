package dev.weir.metrics.jfr;

import dev.weir.event.PoolEvent;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

@Name("dev.weir.Check")
@Label("Check")
@Description("A connection was checked while nobody held it")
final class CheckEvent extends SlotFlightEvent {

    @Label("Fit")
    final boolean fit;

    @Label("Took")
    @Timespan
    final long took;

    CheckEvent(PoolEvent.ConnectionChecked e) {
        super(e.pool(), e.slot());
        fit = e.fit();
        took = e.took().toNanos();
    }
}
