package dev.weir.metrics.jfr;

import dev.weir.event.PoolEvent;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("dev.weir.Scale")
@Label("Scale")
@Description("The pool changed the size it aims for")
final class ScaleEvent extends PoolFlightEvent {

    @Label("From")
    final int from;

    @Label("To")
    final int to;

    @Label("Reason")
    final String reason;

    ScaleEvent(PoolEvent.Scaled e) {
        super(e.pool());
        from = e.from();
        to = e.to();
        reason = e.reason();
    }
}
