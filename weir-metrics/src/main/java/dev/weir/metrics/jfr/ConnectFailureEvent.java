package dev.weir.metrics.jfr;

import dev.weir.event.PoolEvent;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("dev.weir.ConnectFailure")
@Label("Connect failure")
@Description("An attempt to connect failed")
final class ConnectFailureEvent extends PoolFlightEvent {

    @Label("Cause")
    final String cause;

    @Label("Failures in a row")
    final int inARow;

    ConnectFailureEvent(PoolEvent.ConnectFailed e) {
        super(e.pool());
        cause = FlightEvents.describe(e.cause());
        inARow = e.inARow();
    }
}
