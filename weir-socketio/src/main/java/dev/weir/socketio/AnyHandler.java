package dev.weir.socketio;

import dev.weir.socketio.codec.Arguments;

/** Sees every event of a socket, before the handlers that are for it; as {@link EventHandler}. */
@FunctionalInterface
public interface AnyHandler {

    /** Sees an event. */
    void handle(String event, Arguments arguments, Ack ack) throws Exception;
}
