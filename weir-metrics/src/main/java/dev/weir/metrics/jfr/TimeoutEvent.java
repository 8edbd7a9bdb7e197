package dev.weir.metrics.jfr;

import dev.weir.event.PoolEvent;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

@Name("dev.weir.Timeout")
@Label("Timeout")
@Description("A request waited its whole timeout and got nothing")
final class TimeoutEvent extends PoolFlightEvent {

    @Label("Waited")
    @Timespan
    final long waited;

    @Label("Waiting")
    final int waiting;

    TimeoutEvent(PoolEvent.TimedOut e) {
        super(e.pool());
        waited = e.waited().toNanos();
        waiting = e.waiting();
    }
}
