package dev.weir.metrics.jfr;

import dev.weir.event.PoolEvent;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

@Name("dev.weir.AlertOver")
@Label("Alert over")
@Description("An alert rule ceased to hold")
final class AlertOverEvent extends PoolFlightEvent {

    @Label("Rule")
    final String rule;

    @Label("Lasted")
    @Timespan
    final long lasted;

    AlertOverEvent(PoolEvent.AlertCleared e) {
        super(e.pool());
        rule = e.rule();
        lasted = e.lasted().toNanos();
    }
}
