package dev.weir.socketio;

import dev.weir.socketio.codec.Arguments;

/** Handles an event of any socket of a namespace; as {@link EventHandler}, but one for all costs a socket nothing. */
@FunctionalInterface
public interface NamespaceHandler {

    /** Handles an event. */
    void handle(Socket socket, Arguments arguments, Ack ack) throws Exception;
}
