package dev.weir.metrics.jfr;

import dev.weir.event.PoolEvent;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("dev.weir.ServerFull")
@Label("Server full")
@Description("The server has no room for another connection")
final class ServerFullEvent extends PoolFlightEvent {

    @Label("Connections")
    final int size;

    ServerFullEvent(PoolEvent.ServerFull e) {
        super(e.pool());
        size = e.size();
    }
}
