package dev.weir.metrics.jfr;

import dev.weir.event.PoolEvent;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("dev.weir.Deadlock")
@Label("Deadlock")
@Description("Every holder waits for another connection")
final class DeadlockEvent extends PoolFlightEvent {

    @Label("Threads")
    final String threads;

    DeadlockEvent(PoolEvent.DeadlockDetected e) {
        super(e.pool());
        threads = String.join("\n", e.threads());
    }
}
