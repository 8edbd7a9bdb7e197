package dev.weir.socketio;

import dev.weir.socketio.codec.Arguments;

/**
 * Sees what happens to all sockets of a server, in all namespaces; see {@link SocketIoServer#observe}. It is called on
 * whatever thread it happens on, several at once, so it must be quick and not block. What it throws is counted as a
 * handler's failure and harms nobody.
 */
public interface SocketObserver {

    /** A socket has entered its namespace; before its handlers. */
    default void connected(Socket socket) {}

    /** A socket has left its namespace; its rooms are told of before. */
    default void disconnected(Socket socket, DisconnectReason reason) {}

    /** The connection of a socket has moved from polling to WebSocket. */
    default void upgraded(Socket socket) {}

    /** A socket has joined a room. */
    default void joined(Socket socket, String room) {}

    /** A socket has left a room, or its namespace. The room of its own id is never told of. */
    default void left(Socket socket, String room) {}

    /** An event has come from a socket; before its handlers. */
    default void received(Socket socket, String event, Arguments arguments) {}

    /** An event is sent to a socket alone; broadcasts are not told of. */
    default void sent(Socket socket, String event, Arguments arguments) {}

    /**
     * A few times a second, on the housekeeper's thread.
     *
     * @param now the time on the ticker, in nanoseconds
     */
    default void tick(long now) {}
}
