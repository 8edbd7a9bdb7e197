package dev.weir.socketio;

import org.jspecify.annotations.Nullable;

/** How much a packet matters to those it is sent to. */
record Delivery(Overflow overflow, @Nullable String key, boolean isVolatile) {

    /** For packets that keep a protocol going: they are never dropped. */
    static final Delivery SURE = new Delivery(Overflow.CLOSE, null, false);

    boolean droppable() {
        return overflow != Overflow.CLOSE || isVolatile;
    }
}
