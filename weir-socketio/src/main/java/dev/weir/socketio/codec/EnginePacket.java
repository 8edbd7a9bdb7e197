package dev.weir.socketio.codec;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A packet of <a href="https://socket.io/docs/v4/engine-io-protocol/">Engine.IO, revision 4</a>. Immutable.
 */
public final class EnginePacket {

    /** Between two packets of a polling payload. */
    public static final char SEPARATOR = '\u001e';

    /** Before the base64 of a binary message in a polling payload. */
    public static final char BINARY_PREFIX = 'b';

    /** The types, in the order of their numbers on the wire. */
    public enum Type {
        /** The handshake. */
        OPEN('0'),
        /** The end. */
        CLOSE('1'),
        /** Sent by the server; by the client as a probe. */
        PING('2'),
        /** The answer. */
        PONG('3'),
        /** What the application says. */
        MESSAGE('4'),
        /** The client moves to WebSocket. */
        UPGRADE('5'),
        /** Nothing, to free a waiting request. */
        NOOP('6');

        private static final Type[] BY_NUMBER = values();

        private final char digit;

        Type(char digit) {
            this.digit = digit;
        }

        /** Its number on the wire, as a character. */
        public char digit() {
            return digit;
        }
    }

    private final Type type;
    private final String text;
    private final byte @Nullable [] binary;

    /**
     * A packet.
     *
     * @param text what it carries as text; empty if it carries binary
     * @param binary what a MESSAGE carries as binary, or {@code null}; not copied
     */
    public EnginePacket(Type type, String text, byte @Nullable [] binary) {
        this.type = type;
        this.text = text;
        this.binary = binary;
    }

    /** What it is. */
    public Type type() {
        return type;
    }

    /** What it carries as text; empty if it carries binary. */
    public String text() {
        return text;
    }

    /** What it carries as binary, not copied; {@code null}: it carries text. */
    public byte @Nullable [] binary() {
        return binary;
    }

    /** Reads the content of a text frame, or one packet of a polling payload that is not binary. */
    public static EnginePacket decode(String text) throws MalformedPacketException {
        int number = text.isEmpty() ? -1 : text.charAt(0) - '0';
        if (number < 0 || number >= Type.BY_NUMBER.length) {
            throw new MalformedPacketException("unknown Engine.IO packet type");
        }
        return new EnginePacket(Type.BY_NUMBER[number], text.substring(1), null);
    }

    /**
     * Reads the body of a polling request.
     *
     * @param maxPackets more than so many are refused
     */
    public static List<EnginePacket> decodePayload(String payload, int maxPackets) throws MalformedPacketException {
        List<EnginePacket> packets = new ArrayList<>(4);
        int from = 0;
        while (true) {
            int separator = payload.indexOf(SEPARATOR, from);
            int to = separator < 0 ? payload.length() : separator;
            if (packets.size() == maxPackets) {
                throw new MalformedPacketException("too many packets in a payload");
            }
            if (to > from && payload.charAt(from) == BINARY_PREFIX) {
                packets.add(new EnginePacket(Type.MESSAGE, "", base64(payload.substring(from + 1, to))));
            } else {
                packets.add(decode(payload.substring(from, to)));
            }
            if (separator < 0) {
                return packets;
            }
            from = separator + 1;
        }
    }

    private static byte[] base64(String text) throws MalformedPacketException {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException bad) {
            throw new MalformedPacketException("bad base64", bad);
        }
    }

    /** As a packet of a polling payload. */
    public String encode() {
        return binary == null
                ? type.digit() + text
                : BINARY_PREFIX + Base64.getEncoder().encodeToString(binary);
    }

    /** Its type and size; never what it says. */
    @Override
    public String toString() {
        return type + " of " + (binary == null ? text.length() + " characters" : binary.length + " bytes");
    }
}
