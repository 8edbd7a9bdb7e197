package dev.weir.socketio;

import dev.weir.socketio.codec.Arguments;

/** Handles an event with any arguments; as {@link EventHandler}. */
@FunctionalInterface
public interface ArgumentsHandler {

    /** Handles an event. */
    void handle(Arguments arguments, Ack ack) throws Exception;
}
