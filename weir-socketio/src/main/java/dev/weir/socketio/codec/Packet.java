package dev.weir.socketio.codec;

import org.jspecify.annotations.Nullable;

/**
 * A packet of Socket.IO 5.
 *
 * @param type what it is; never one of the binary types, which are a matter of its encoding
 * @param namespace the namespace's name, {@code /} for the main one
 * @param id the number that an answer refers to; {@link #NO_ID}: none
 * @param data what it carries: to be sent, any value that the JSON adapter can write (a list for EVENT and ACK, the name
 *     first in an EVENT); as decoded, {@link Arguments}; {@code null}: nothing
 */
public record Packet(
        PacketType type,
        String namespace,
        long id,
        @Nullable Object data) {

    /** No answer is wanted or given. */
    public static final long NO_ID = -1;

    /** The name of the main namespace. */
    public static final String MAIN_NAMESPACE = "/";

    /** What a decoded packet carries. */
    public Arguments arguments() {
        return data instanceof Arguments arguments ? arguments : Arguments.none();
    }
}
