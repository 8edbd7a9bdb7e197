package dev.weir.metrics.jfr;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.StackTrace;

/** What the events have in common. They are stamped when it happened; how long it took is a field. */
@Category({"Weir", "Connections"})
@StackTrace(false)
abstract class PoolFlightEvent extends Event {

    @Label("Pool")
    final String pool;

    PoolFlightEvent(String pool) {
        this.pool = pool;
    }
}
