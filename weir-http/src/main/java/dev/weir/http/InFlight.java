package dev.weir.http;

import dev.weir.pool.Lease;
import dev.weir.pool.Slot;
import java.util.concurrent.atomic.AtomicBoolean;

/** One request in flight, from its permit to the end of its answer; ending it twice does nothing. Any thread may end it. */
final class InFlight {

    private final RoutePools<Origin, Permit> pools;
    private final Slot<Permit> slot;
    private final long word;
    private final Permit permit;
    private final AtomicBoolean over = new AtomicBoolean();

    /** The calling thread's. */
    InFlight(RoutePools<Origin, Permit> pools, Slot<Permit> slot) {
        this.pools = pools;
        this.slot = slot;
        this.word = slot.word();
        this.permit = slot.connection();
        slot.heldBy(this);
    }

    /** Nobody's, but this handle's. */
    InFlight(RoutePools<Origin, Permit> pools, Lease<Permit> lease) {
        this.pools = pools;
        this.slot = lease.slot();
        this.word = lease.word();
        this.permit = lease.connection();
        slot.heldBy(this);
    }

    /** Tells how it can be stopped; before anybody else can end it. */
    void begin(Runnable stop) {
        permit.begin(stop);
        if (!isHeld()) {
            stop.run(); // taken back before it could be told
        }
    }

    /** The head of the answer is there, and reading its body can be stopped so. */
    void answered(Runnable stop) {
        permit.answered(stop);
        if (!isHeld()) {
            stop.run();
        }
    }

    private boolean isHeld() {
        return slot.isLeased(word);
    }

    void end() {
        if (over.compareAndSet(false, true) && isHeld()) {
            permit.end();
            pools.giveBack(slot, word, permit);
        }
    }
}
