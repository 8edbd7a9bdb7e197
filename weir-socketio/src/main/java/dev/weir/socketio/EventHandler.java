package dev.weir.socketio;

import org.jspecify.annotations.Nullable;

/**
 * Handles an event whose first argument is of a type. Called on a handler thread, one event of a socket after the
 * other; may block. What it throws is told to {@link SocketIoServer#onError}.
 */
@FunctionalInterface
public interface EventHandler<T> {

    /**
     * Handles an event.
     *
     * @param value the first argument; {@code null} if there is none, or a JSON null
     */
    void handle(@Nullable T value, Ack ack) throws Exception;
}
