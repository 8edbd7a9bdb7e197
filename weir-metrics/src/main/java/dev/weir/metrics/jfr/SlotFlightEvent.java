package dev.weir.metrics.jfr;

import jdk.jfr.Label;

/** What happens to one connection: the slot is its place in the pool. */
abstract class SlotFlightEvent extends PoolFlightEvent {

    @Label("Slot")
    final int slot;

    SlotFlightEvent(String pool, int slot) {
        super(pool);
        this.slot = slot;
    }
}
