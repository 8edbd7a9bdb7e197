package dev.weir.socketio.codec;

/** The types of Socket.IO 5's packets, in the order of their numbers on the wire. */
public enum PacketType {
    /** Enters a namespace, or lets in. */
    CONNECT(0),
    /** Leaves a namespace. */
    DISCONNECT(1),
    /** An event with arguments. */
    EVENT(2),
    /** The answer to an event. */
    ACK(3),
    /** A namespace does not let in. */
    CONNECT_ERROR(4),
    /** An event whose arguments hold binary; on the wire only. */
    BINARY_EVENT(5),
    /** An answer that holds binary; on the wire only. */
    BINARY_ACK(6);

    private static final PacketType[] BY_NUMBER = values();

    private final int number;

    PacketType(int number) {
        this.number = number;
    }

    /** Its number on the wire. */
    public int number() {
        return number;
    }

    static PacketType of(int number) throws MalformedPacketException {
        if (number < 0 || number >= BY_NUMBER.length) {
            throw new MalformedPacketException("unknown packet type");
        }
        return BY_NUMBER[number];
    }

    /** The type without regard to binary. */
    PacketType plain() {
        return this == BINARY_EVENT ? EVENT : this == BINARY_ACK ? ACK : this;
    }
}
