package dev.weir.metrics.jfr;

import dev.weir.event.PoolEvent;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("dev.weir.EndpointSuspicion")
@Label("Endpoint suspicion")
@Description("Every older connection to a server is to be checked")
final class EndpointSuspicionEvent extends PoolFlightEvent {

    @Label("Endpoint")
    final String endpoint;

    @Label("Connections")
    final int connections;

    EndpointSuspicionEvent(PoolEvent.EndpointSuspected e) {
        super(e.pool());
        endpoint = e.endpoint();
        connections = e.connections();
    }
}
