package dev.weir.socketio.redis;

import org.jspecify.annotations.Nullable;

/** What servers tell each other, by the numbers of npm's {@code socket.io-adapter}. */
enum MessageType {
    BROADCAST(3),
    SOCKETS_JOIN(4),
    SOCKETS_LEAVE(5),
    DISCONNECT_SOCKETS(6),
    FETCH_SOCKETS(7),
    FETCH_SOCKETS_RESPONSE(8),
    SERVER_SIDE_EMIT(9),
    SERVER_SIDE_EMIT_RESPONSE(10),
    BROADCAST_CLIENT_COUNT(11),
    BROADCAST_ACK(12);

    private static final MessageType[] ALL = values();

    final int number;

    MessageType(int number) {
        this.number = number;
    }

    /** {@code null}: one that says nothing to us, such as the heartbeats of older versions. */
    static @Nullable MessageType of(long number) {
        for (MessageType type : ALL) {
            if (type.number == number) {
                return type;
            }
        }
        return null;
    }
}
