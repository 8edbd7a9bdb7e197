package dev.weir.metrics.jfr;

import dev.weir.event.PoolEvent;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("dev.weir.Shutdown")
@Label("Shutdown")
@Description("The pool entered a phase of its shutdown")
final class ShutdownEvent extends PoolFlightEvent {

    @Label("Phase")
    final String phase;

    @Label("Connections left")
    final int connectionsLeft;

    ShutdownEvent(PoolEvent.ShutdownPhase e) {
        super(e.pool());
        phase = e.phase();
        connectionsLeft = e.connectionsLeft();
    }
}
