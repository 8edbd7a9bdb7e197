package dev.weir.metrics.jfr;

import dev.weir.event.PoolEvent;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("dev.weir.Rejection")
@Label("Rejection")
@Description("A request was turned away because of the queue")
final class RejectionEvent extends PoolFlightEvent {

    @Label("Cause")
    final String cause;

    @Label("Waiting")
    final int waiting;

    RejectionEvent(PoolEvent.Rejected e) {
        super(e.pool());
        cause = e.why();
        waiting = e.waiting();
    }
}
