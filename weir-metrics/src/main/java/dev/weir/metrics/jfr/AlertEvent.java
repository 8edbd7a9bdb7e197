package dev.weir.metrics.jfr;

import dev.weir.event.PoolEvent;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("dev.weir.Alert")
@Label("Alert")
@Description("An alert rule began to hold")
final class AlertEvent extends PoolFlightEvent {

    @Label("Rule")
    final String rule;

    @Label("Message")
    final String message;

    AlertEvent(PoolEvent.AlertRaised e) {
        super(e.pool());
        rule = e.rule();
        message = e.message();
    }
}
