package dev.weir.metrics.jfr;

import dev.weir.event.PoolEvent;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("dev.weir.CloseFailure")
@Label("Close failure")
@Description("Closing a connection failed; it was aborted")
final class CloseFailureEvent extends SlotFlightEvent {

    @Label("Cause")
    final String cause;

    CloseFailureEvent(PoolEvent.CloseFailed e) {
        super(e.pool(), e.slot());
        cause = e.why();
    }
}
