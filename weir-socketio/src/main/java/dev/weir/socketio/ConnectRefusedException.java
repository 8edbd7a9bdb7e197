package dev.weir.socketio;

import org.jspecify.annotations.Nullable;

/** A socket may not enter. The client is told the message and the data. */
public final class ConnectRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable Object data;

    /** With a message. */
    public ConnectRefusedException(String message) {
        this(message, null);
    }

    /** With a message and data that the JSON adapter can write. */
    public ConnectRefusedException(String message, @Nullable Object data) {
        super(message);
        this.data = data;
    }

    /** What the client is told besides. */
    public @Nullable Object data() {
        return data;
    }
}
