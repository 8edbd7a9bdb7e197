package dev.weir.socketio.codec;

/** Something arrived that the protocol does not allow. The message says what; it never quotes the payload. */
public final class MalformedPacketException extends Exception {

    private static final long serialVersionUID = 1L;

    /** With a reason. */
    public MalformedPacketException(String message) {
        super(message);
    }

    /** With a reason and what noticed it. */
    public MalformedPacketException(String message, Throwable cause) {
        super(message, cause);
    }
}
