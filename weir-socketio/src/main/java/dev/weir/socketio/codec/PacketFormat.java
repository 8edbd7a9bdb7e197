package dev.weir.socketio.codec;

import org.jspecify.annotations.Nullable;

/**
 * How packets are written and read; client and server must agree on it. Socket.IO calls it a parser. Safe for all
 * threads.
 */
public interface PacketFormat {

    /**
     * Writes a packet.
     *
     * @throws IllegalArgumentException if the JSON adapter cannot write what it carries
     */
    EncodedPacket encode(Packet packet);

    /**
     * A reader for one connection.
     *
     * @param maxAttachments the most binary messages that may belong to a packet
     * @param maxAttachmentBytes the most bytes they may have together
     */
    Decoder decoder(int maxAttachments, int maxAttachmentBytes);

    /** Puts the messages of one connection together. For one thread at a time. */
    interface Decoder {

        /** Takes a text message; returns the packet that is complete with it, if any. */
        @Nullable Packet text(String message) throws MalformedPacketException;

        /** Takes a binary message, which it may keep; returns the packet that is complete with it, if any. */
        @Nullable Packet binary(byte[] message) throws MalformedPacketException;

        /** Bytes that it holds of a packet that is not complete; none by default. */
        default int heldBytes() {
            return 0;
        }
    }

    /** Socket.IO's own format: text, binary beside it. */
    static PacketFormat text(JsonAdapter json) {
        return new TextFormat(json);
    }

    /** One MessagePack map a packet, as {@code socket.io-msgpack-parser} has it. Needs {@code msgpack-core}. */
    static PacketFormat msgpack(JsonAdapter json) {
        return new MsgpackFormat(json);
    }
}
